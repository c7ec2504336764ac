/** Points in time as people read them in a table: their own clock, and the day where it is another one. */

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;
const SHOWN = /^(?:\d{4}-\d{2}-\d{2} \d{2}:\d{2}|\d{2}:\d{2}:\d{2})$/;

const two = (number: number) => String(number).padStart(2, '0');

export const isShownTime = (text: string) => SHOWN.test(text);

/** `19:06:02` today, `2026-11-21 19:06` on other days; what is no time stays as it is. */
export function shownTime(text: string, now: Date): string {
  if (!ISO.test(text)) return text;
  const time = new Date(text);
  const [hours, minutes] = [two(time.getHours()), two(time.getMinutes())];
  if (time.toDateString() === now.toDateString()) return `${hours}:${minutes}:${two(time.getSeconds())}`;
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} ${hours}:${minutes}`;
}
