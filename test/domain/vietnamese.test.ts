import fc from "fast-check";
import { cleanText, identityFold, searchKey, sortKey } from "../../src/domain/ground/vietnamese.js";

const names = [
  ..."a à ả ã á ạ ă ằ ẳ ẵ ắ ặ â ầ ẩ ẫ ấ ậ e è ẻ ẽ é ẹ ê ề ể ễ ế ệ i ì ỉ ĩ í ị".split(" "),
  ..."o ò ỏ õ ó ọ ô ồ ổ ỗ ố ộ ơ ờ ở ỡ ớ ợ u ù ủ ũ ú ụ ư ừ ử ữ ứ ự y ỳ ỷ ỹ ý ỵ d đ Đ".split(" "),
  ..."Hòa Hoà Hoa Hoả Hóa Hoá Hoạ Họa Hoan Hòa_An Hoa_Bình Hoà_Bình Hòa_1 Hoa_2 Hoa_10 Hoa_02 Huế Hue Hùng Hưng Hừng".split(" "),
  ..."Đa Da Đà_Nẵng Dã Đông_Anh Dương_Xá Đại_Thanh Ngọc_Hồi Nghĩa Nguyễn Ngô Nga Ngà Tam_Hiệp Tám Thanh_Trì Thanh_Liệt Thạnh".split(" "),
  ..."Tứ_Hiệp Từ_Liêm Trường_số_2 Trường_số_10 Trường_số_1 Trường_THCS_1 Trường_THCS_12A Trường_Tiểu_học Wim Xuân Yên Zen Pác_Bó".split(
    " ",
  ),
].map((name) => name.replaceAll("_", " "));

const dictionary = new Intl.Collator("vi", { numeric: true, sensitivity: "accent" });
const binary = (a: string, b: string) => Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b)));
const disagreements = (words: readonly string[]) =>
  words.flatMap((a) =>
    words.filter((b) => binary(sortKey(a), sortKey(b)) !== Math.sign(dictionary.compare(a, b))).map((b) => `${a} / ${b}`),
  );

const syllable = fc
  .tuple(
    fc.constantFrom(
      "",
      "b",
      "c",
      "ch",
      "d",
      "đ",
      "g",
      "gh",
      "h",
      "kh",
      "l",
      "m",
      "n",
      "ng",
      "ngh",
      "nh",
      "ph",
      "q",
      "r",
      "s",
      "t",
      "th",
      "tr",
      "v",
      "x",
    ),
    fc.constantFrom(..."aăâeêioôơuưy"),
    fc.constantFrom("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"),
    fc.constantFrom("", "c", "ch", "i", "m", "n", "ng", "nh", "o", "p", "t", "u"),
  )
  .map((parts) => parts.join("").normalize("NFC"));
const name = fc.array(fc.oneof({ weight: 5, arbitrary: syllable }, { weight: 1, arbitrary: fc.nat({ max: 1200 }).map(String) }), {
  minLength: 1,
  maxLength: 4,
});

describe("sort key", () => {
  test("orders names as a Vietnamese dictionary does", () => {
    expect(disagreements(names)).toEqual([]);
  });

  test("orders made-up names as a Vietnamese dictionary does", () => {
    fc.assert(fc.property(name, name, (a, b) => expect(disagreements([a.join(" "), b.join(" ")])).toEqual([])));
  });

  test("puts a name before the longer name that begins with it, whatever its tones", () => {
    expect(["Hòa 1", "Hòa (cũ)", "Hòa Bình", "Hòa", "Hoan"].sort((a, b) => binary(sortKey(a), sortKey(b)))).toEqual([
      "Hòa",
      "Hòa (cũ)",
      "Hòa 1",
      "Hòa Bình",
      "Hoan",
    ]);
  });

  test("orders numbers by value, also very long ones", () => {
    const numbers = ["2", "10", "010 a", "9999999999999", "10000000000000"];
    expect([...numbers].reverse().sort((a, b) => binary(sortKey(a), sortKey(b)))).toEqual(numbers);
  });

  test("does not tell case apart", () => {
    expect(sortKey("TRƯỜNG ĐOÀN KẾT")).toBe(sortKey("Trường Đoàn Kết"));
  });

  test("takes a foreign letter with marks as its bare letter, and puts other scripts last", () => {
    const sorted = ["Zen", "学校", "Über", "Ubu"];
    expect(sorted.sort((a, b) => binary(sortKey(a), sortKey(b)))).toEqual(["Über", "Ubu", "Zen", "学校"]);
  });

  test("is the same for composed and decomposed text", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          name.map((parts) => parts.join(" ")),
          fc.string({ unit: "grapheme" }),
        ),
        (text) => {
          expect(sortKey(text.normalize("NFD"))).toBe(sortKey(text.normalize("NFC")));
          expect(searchKey(text.normalize("NFD"))).toBe(searchKey(text.normalize("NFC")));
        },
      ),
    );
  });

  test("never ends in half a character", () => {
    expect(sortKey("𠮷".repeat(400))).not.toMatch(/\p{Cs}/u);
  });
});

describe("search key", () => {
  test.each([
    ["Thanh Trì", "thanh tri"],
    ["Hòa", "hoa"],
    ["Hoà", "hoa"],
    ["ĐỒNG ĐĂNG", "dong dang"],
    ["Trường  THCS\tVĩnh Quỳnh ", "truong thcs vinh quynh"],
    ["Thanh\u200b Trì\ufeff", "thanh tri"],
    ["Trường 🏫", "truong 🏫"],
    ["Ðông Hà", "dong ha"],
    ["Ɖông\u00ad Hà\u2064", "dong ha"],
    ["Ｔｒường số ②", "truong so 2"],
    ["", ""],
  ])("of %j is %j", (text, key) => expect(searchKey(text)).toBe(key));

  test("has no more characters than its column, whatever one character stands for", () => {
    expect([...searchKey("\ufdfa".repeat(200))]).toHaveLength(300);
  });

  test("of a search key is itself", () => {
    fc.assert(fc.property(name, (parts) => expect(searchKey(searchKey(parts.join(" ")))).toBe(searchKey(parts.join(" ")))));
  });
});

describe("what identities compare", () => {
  const number = "01/2024/TƯLĐTT-ĐH";
  test.each([
    ["an old font", "01/2024/TƯLÐTT-ÐH"],
    ["the African Đ", "01/2024/TƯLƉTT-ƉH"],
    ["small letters", "01/2024/tưlđtt-đh"],
    ["a zero-width space", "01/2024/TƯLĐTT\u200b-ĐH"],
    ["a soft hyphen and a variation selector", "01/2024/TƯ\u00adLĐTT-ĐH\ufe0f"],
    ["a no-break space", "01/2024/\u00a0TƯLĐTT-ĐH"],
    ["spaces", " 01 / 2024 / TƯLĐTT - ĐH"],
    ["full-width characters", "０１／２０２４／TƯLĐTT－ĐH"],
    ["a dash", "01/2024/TƯLĐTT\u2013ĐH"],
    ["a no-break hyphen", "01/2024/TƯLĐTT\u2011ĐH"],
    ["letters taken apart", "01/2024/TƯLĐTT-ĐH".normalize("NFD")],
  ])("is the same in %s", (_, other) => {
    expect(identityFold(other)).toBe(identityFold(number));
  });

  test.each([
    ["Hoà An", "Hòa An"],
    ["QUÝ", "qúy"],
    ["Straße", "STRASSE"],
  ])("takes %s and %s for one", (a, b) => expect(identityFold(a)).toBe(identityFold(b)));

  test.each([
    ["01/TƯLĐTT", "01/TƯLDTT"],
    ["Tân An", "Tấn An"],
    ["Hòa An", "Hoa An"],
    ["01/2024", "012/024"],
    ["1.2", "12"],
  ])("tells %s and %s apart", (a, b) => expect(identityFold(a)).not.toBe(identityFold(b)));

  test("of itself is itself, in any form, and never longer than its column", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }), fc.constantFrom(...names)), (text) => {
        const folded = identityFold(text);
        expect([identityFold(folded), identityFold(text.normalize("NFD"))]).toEqual([folded, folded]);
      }),
    );
    expect([...identityFold("\ufdfa".repeat(500))]).toHaveLength(600);
  });
});

describe("clean text", () => {
  test.each([
    ["is composed (NFC)", "Tri\u0300", "Trì"],
    ["has single spaces and no control characters", " Thanh\u00a0\u0000\n Trì\u2028", "Thanh Trì"],
    ["keeps 4-byte characters", "Trường 🏫 𠮷", "Trường 🏫 𠮷"],
    ["has no half characters", "a\ud83cb", "a\ufffdb"],
    ["is empty for nothing but spaces", " \t\u3000", ""],
  ])("%s", (_, text, cleaned) => expect(cleanText(text)).toBe(cleaned));

  test("cleaned again stays as it is", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => expect(cleanText(cleanText(text))).toBe(cleanText(text))));
  });
});
