/*
 * What our own pages order of the background about the diary: to forget, and to store what is noted.
 *
 * The core does all of it. What it deliberately does not do: files, which pages write and read themselves
 * (pages/diary.js).
 */
import { obey_diary } from '../build/background.js';

/** @param {DiaryOrder} order @returns {Promise<DiaryReport>} */
export async function obeyDiary(order) {
  return obey_diary(order.order, 'site' in order ? order.site : '', 'day' in order ? order.day : 0);
}
