import { isInTerm, latest, namesYearOf, termYears } from "../../../src/domain/records/term.js";

test.each(["2023", "2023-28", "2028-2023", "2023-2023", "2023–2028", " 2023-2028", "1800-2023", "2199-2201", ""])(
  "%j names no term",
  (name) => expect(termYears(name)).toBeNull(),
);

test("a term is named by its first and its last year", () => {
  expect(termYears("2023-2028")).toEqual({ first: 2023, last: 2028 });
  expect(termYears(null)).toBeNull();
});

test("first and last day are in the term; without a first day nothing is, without a last one it has not ended", () => {
  const term = { termStart: "2023-03-20", termEnd: "2028-03-19" };
  expect(["2023-03-19", "2023-03-20", "2028-03-19", "2028-03-20"].map((on) => isInTerm(term, on))).toEqual([false, true, true, false]);
  expect(isInTerm({ ...term, termEnd: null }, "2099-01-01")).toBe(true);
  expect(isInTerm({ ...term, termStart: null }, "2024-01-01")).toBe(false);
});

test("a name has the years from the first to the last", () => {
  expect(["2022-12-31", "2023-01-01", "2028-12-31", "2029-01-01"].map((on) => namesYearOf("2023-2028", on))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(namesYearOf("XV", "2024-01-01")).toBe(false);
});

test("of several terms the latest is the one that began last, in whatever order they stand", () => {
  const [first, second] = [
    { term: "2018-2023", termStart: "2018-03-20" },
    { term: "2023-2028", termStart: "2023-03-20" },
  ];
  expect([latest([first, second]), latest([second, first]), latest([])]).toEqual([second, second, null]);
  expect(
    latest([
      { ...first, termStart: null },
      { ...second, termStart: null },
    ])?.term,
  ).toBe("2023-2028");
});
