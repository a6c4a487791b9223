import { referenceDateBreak, scopeBreak } from "../../src/domain/analysis/trend-break.js";
import { cases } from "./harness.js";

describe("reference dates", () => {
  cases<[string, string, number | null]>(
    [
      ["twelve months apart are no break", "2025-05-31", "2024-05-31", null],
      ["the last days of February of two years are none", "2025-02-28", "2024-02-29", null],
      ["before and after a leap day are none", "2024-05-31", "2023-05-31", null],
      ["later in the year", "2025-07-15", "2024-05-31", 45],
      ["earlier in the year", "2024-11-30", "2024-05-31", -182],
      ["a day", "2025-06-01", "2024-05-31", 1],
    ],
    (on, before, days) => expect(referenceDateBreak(on, before)?.days ?? null).toBe(days),
  );
  test("are told with both days", () => {
    expect(referenceDateBreak("2025-06-01", "2024-05-31")?.words).toEqual({
      en: "Taken on 2025-06-01, in the year before on 2024-05-31: 1 day later in the year. What happened between the two counts in it: more than a year.",
      vi: "Chốt số liệu ngày 1/6/2025, năm học trước ngày 31/5/2024: muộn hơn 1 ngày. Số phát sinh tính từ sau ngày chốt trước đến ngày chốt này, dài hơn một năm.",
    });
  });
});

test("units that entered are told with how many for which reason", () => {
  const units = (["CAME", "OPENED", "CAME"] as const).map((reason, index) => ({ unitId: String(index), reason }));
  expect(scopeBreak("UNITS_ENTERED", units).words.en).toBe(
    "3 units are counted here and not in the year before: 1 opened, 2 came from elsewhere.",
  );
  expect(scopeBreak("UNITS_LEFT", [{ unitId: "1", reason: "CLOSED" }]).words).toEqual({
    en: "1 unit was counted here in the year before and no longer: 1 closed.",
    vi: "Có 1 đơn vị năm học trước được tính mà năm nay không còn tính: 1 giải thể.",
  });
});
