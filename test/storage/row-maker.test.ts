import { rowsOf } from "../../src/storage/database/row-maker.js";

test("rows are the same before and after a shape is compiled", () => {
  const columns = ["id", "COUNT(*)", 'odd "name"\n', "`quoted`", "id"];
  const made = Array.from({ length: 50 }, (_, n) => rowsOf(columns, [[n, 1, null, "text", -n]])[0]);
  expect(made).toEqual(made.map((_, n) => ({ id: -n, "COUNT(*)": 1, 'odd "name"\n': null, "`quoted`": "text" })));
});

test("shapes are not taken for one another, however many there are", () => {
  const columnsOf = (n: number) => Array.from({ length: 1 + (n % 8) }, (_, index) => `c${n}_${index}`);
  for (let n = 0; n < 800; n++) {
    const columns = columnsOf(n % 600);
    const values = Array.from({ length: 21 }, (_, row) => columns.map((_, index) => row * 100 + index));
    expect(rowsOf(columns, values).map((row) => Object.entries(row))).toEqual(
      values.map((row) => row.map((value, index) => [columns[index], value])),
    );
  }
});

test("names with a comma in them are not taken for several", () => {
  const many = Array.from({ length: 30 }, () => [1, 2]);
  expect(rowsOf(["a", "b,c"], many)[0]).toEqual({ a: 1, "b,c": 2 });
  expect(rowsOf(["a,b", "c"], many)[0]).toEqual({ "a,b": 1, c: 2 });
});
