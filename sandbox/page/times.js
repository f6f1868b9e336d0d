// Days and times as one person sees them: every function takes the person's time zone (IANA name).

const DAY = 86_400_000;

/** The wall clock at an instant: numbers, month 1–12, weekday 0 (Sunday) – 6. */
export function wallClock(instant, zone) {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const weekday = new Date(Date.UTC(part.year, part.month - 1, part.day)).getUTCDay();
  return { ...part, weekday };
}

/** The instant at which the wall clock of a zone shows this day and time (day may run past the end of the month). */
export function instantOf({ year, month, day, hour, minute }, zone) {
  const wanted = Date.UTC(year, month - 1, day, hour, minute);
  let instant = wanted;
  // Twice, because the first guess may lie on the other side of a change to or from summer time.
  for (let round = 0; round < 2; round += 1) {
    const shown = wallClock(instant, zone);
    instant += wanted - Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour, shown.minute);
  }
  return new Date(instant);
}

const TUESDAY = 2;

export function tomorrowAtTen(now, zone) {
  const today = wallClock(now, zone);
  return instantOf({ ...today, day: today.day + 1, hour: 10, minute: 0 }, zone);
}

/** The first Tuesday after today, 10:00: the one slot a week in which Silta sends nudges (R3). */
export function nextTuesdayAtTen(now, zone) {
  const today = wallClock(now, zone);
  const ahead = (TUESDAY - today.weekday + 7) % 7 || 7;
  return instantOf({ ...today, day: today.day + ahead, hour: 10, minute: 0 }, zone);
}

const two = (number) => String(number).padStart(2, "0");

/** What a datetime-local field holds at an instant, and back. */
export function fieldValue(instant, zone) {
  const shown = wallClock(instant, zone);
  return `${shown.year}-${two(shown.month)}-${two(shown.day)}T${two(shown.hour)}:${two(shown.minute)}`;
}
export function instantOfField(value, zone) {
  const [year, month, day, hour, minute] = value.match(/\d+/g).map(Number);
  return instantOf({ year, month, day, hour, minute }, zone);
}

const written = (instant, zone, options, locale = "en-GB") =>
  new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }).format(instant);

export const clockText = (instant, zone) =>
  `${written(instant, zone, { weekday: "long" })} ${written(instant, zone, { day: "numeric", month: "short", year: "numeric" })}, ${timeText(instant, zone)}`;
export const timeText = (instant, zone) =>
  written(instant, zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
export const dayText = (instant, zone) =>
  written(instant, zone, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
export const zoneText = (zone) => `${zone.split("/").at(-1).replaceAll("_", " ")} time`;

/** A message's ts ("seconds.micros") as an instant. */
export const instantOfTs = (ts) => new Date(Number(ts) * 1000);

const LONG = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
const MIDDLE = { day: "numeric", month: "long", year: "numeric" };
const SHORT = { day: "numeric", month: "short", year: "numeric" };
const NUMBERS = { day: "2-digit", month: "2-digit", year: "numeric" };
const DATE_WORDS = {
  date_long: LONG,
  date: MIDDLE,
  date_short: SHORT,
  date_num: NUMBERS,
  date_slash: NUMBERS,
  day_divider: LONG,
};

/** Write Slack's `{date_long_pretty} {time}` for one person, in their zone and language. */
export function slackDate(seconds, format, { zone, locale, now }) {
  const instant = new Date(seconds * 1000);
  return format.replace(/\{(\w+)\}/g, (whole, word) => {
    if (word === "time") return written(instant, zone, { hour: "2-digit", minute: "2-digit" }, locale);
    if (word === "time_secs") return written(instant, zone, { timeStyle: "medium" }, locale);
    if (word === "ago") return daysAway(instant, now, zone, locale);
    const pretty = word.endsWith("_pretty");
    const options = DATE_WORDS[pretty ? word.slice(0, -"_pretty".length) : word];
    if (!options) return whole;
    const near = pretty && Math.abs(dayNumber(instant, zone) - dayNumber(now, zone)) <= 1;
    return near ? daysAway(instant, now, zone, locale) : written(instant, zone, options, locale);
  });
}

function dayNumber(instant, zone) {
  const { year, month, day } = wallClock(instant, zone);
  return Date.UTC(year, month - 1, day) / DAY;
}

/** "today", "tomorrow", "in 5 days" in the person's language. */
const daysAway = (instant, now, zone, locale) =>
  new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(
    dayNumber(instant, zone) - dayNumber(now, zone),
    "day",
  );
