/*
 * What our own pages order of the background about the diary: to forget, to store what is noted, and to put it in order by
 * what the person chose just now.
 *
 * The core does all of it. What it deliberately does not do: files, which pages write and read themselves
 * (pages/diary.js).
 */
import { choose_diary, obey_diary, tend_diary } from '../build/background.js';
import { api, today } from './memory.js';

/** @param {DiaryOrder} order @returns {Promise<DiaryReport>} */
export async function obeyDiary(order) {
  if (order.order === 'tend') {
    // Told of the choice already or not: the page waits for what comes of it.
    choose_diary((await api.storage.local.get('diary')).diary ?? null);
    await tend_diary(today());
  }
  return obey_diary(order.order, 'site' in order ? order.site : '', 'day' in order ? order.day : 0, today());
}
