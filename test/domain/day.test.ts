import fc from "fast-check";
import { addDays, addMonths, addWorkingDays, ALWAYS, covers, dayInVietnam, isDay, NEVER } from "../../src/domain/ground/day.js";

const day = fc
  .date({ min: new Date("1950-01-01"), max: new Date("2150-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

test.each(["2024-02-29", "1900-01-01", "2200-12-31", "2024-12-31"])("%s is a day", (text) => expect(isDay(text)).toBe(true));

test.each(["2024-02-30", "2023-02-29", "2024-04-31", "2024-13-01", "2024-00-10", "2024-01-00", "1899-12-31", "2201-01-01", ALWAYS, NEVER])(
  "%s is no day",
  (text) => expect(isDay(text)).toBe(false),
);
test.each(["", "2024-2-3", "24-02-03", "2024-02-03T00:00:00Z", " 2024-02-03", "2024/02/03", "2024-02-03\n", "٢٠٢٤-٠١-٠١"])(
  "%j does not look like a day",
  (text) => expect(isDay(text)).toBe(false),
);

test.each([
  ["2024-02-28", 1, "2024-02-29"],
  ["2024-12-31", 1, "2025-01-01"],
  ["2024-03-01", -1, "2024-02-29"],
  ["2024-09-05", 0, "2024-09-05"],
])("%s and %i days is %s", (from, count, to) => expect(addDays(from, count)).toBe(to));

test.each([
  ["2023-01-31", 1, "2023-02-28"],
  ["2024-01-31", 1, "2024-02-29"],
  ["2024-02-29", 12, "2025-02-28"],
  ["2024-11-30", 3, "2025-02-28"],
  ["2024-09-05", 3, "2024-12-05"],
  ["2025-05-31", -12, "2024-05-31"],
  ["2024-03-31", -1, "2024-02-29"],
])("%s and %i months is %s", (from, count, to) => expect(addMonths(from, count)).toBe(to));

test("adding days and taking them away again changes nothing", () => {
  fc.assert(
    fc.property(day, fc.integer({ min: -4000, max: 4000 }), (from, count) => expect(addDays(addDays(from, count), -count)).toBe(from)),
  );
});

test("days sort as text, and adding months keeps their order", () => {
  fc.assert(
    fc.property(day, fc.nat(400), fc.integer({ min: -40, max: 40 }), (from, later, months) => {
      const other = addDays(from, later);
      expect(from <= other).toBe(true);
      expect(addMonths(from, months) <= addMonths(other, months)).toBe(true);
    }),
  );
});

test("the day in Vietnam changes at 17:00 UTC", () => {
  expect(dayInVietnam(new Date("2024-10-13T16:59:59Z"))).toBe("2024-10-13");
  expect(dayInVietnam(new Date("2024-10-13T17:00:00Z"))).toBe("2024-10-14");
});

test("an interval has its first day and not the day of its end", () => {
  const interval = { from: "2024-09-05", until: "2025-06-01" };
  expect(["2024-09-04", "2024-09-05", "2025-05-31", "2025-06-01"].map((on) => covers(interval, on))).toEqual([false, true, true, false]);
});

test.each([
  ["2024-10-04", 5, "2024-10-11"],
  ["2024-10-05", 1, "2024-10-07"],
  ["2024-10-04", 1, "2024-10-07"],
  ["2024-10-07", 0, "2024-10-07"],
])("%s and %i working days is %s", (from, count, to) => expect(addWorkingDays(from, count)).toBe(to));
