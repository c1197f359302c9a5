/*
 * Counts of opened posts in a file, made with another key than the person's own: they could not be read here, and with
 * the file's key the person's own could not be read any more. So they stay out, and their key with them.
 *
 * What it deliberately does not do: check a file. What is no diary is passed on as it is, to whoever refuses it.
 */

/** The file without what another key made, and whether there was such; as it is where nobody here has anything counted.
 * @param {string} text @param {string | undefined} mine the person's own key @returns {{ text: string, unlike: boolean }} */
export function withoutUnlike(text, mine) {
  if (!mine || !text.includes('"opened"')) return { text, unlike: false };
  try {
    const file = JSON.parse(text);
    const { diary } = file.choices;
    if (!diary || !('opened' in diary) || diary.opened === mine) return { text, unlike: false };
    delete diary.opened;
    const rows = Object.values(file.sheets).flatMap((sheet) => Object.values(sheet));
    for (const feed of rows.flatMap((row) => Object.values(row.feeds ?? {}))) delete feed.opened;
    return { text: JSON.stringify(file), unlike: true };
  } catch {
    return { text, unlike: false };
  }
}
