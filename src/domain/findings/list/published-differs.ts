import { shown } from "../../figures/formula.js";
import { indicatorByKey } from "../../figures/catalogue.js";
import { percentInWords } from "../../ground/percent.js";
import { compare, type Printed } from "../../analysis/reconciliation.js";
import { figureCheck } from "../check.js";
import { type Words } from "../../ground/words.js";

/** What stands for no decimals, and for no denominator, among values that are numbers. */
const NONE = -1;

interface Differing {
  [name: string]: string | number;
  indicator: string;
  document: string;
  published: number;
  /** Of a percentage as it was printed. */
  decimals: number;
  computed: number;
  numerator: number;
  denominator: number;
}

export const publishedDiffers = figureCheck<Differing>({
  key: "PUBLISHED_DIFFERS",
  severity: "WARNING",
  name: { en: "A published figure differs from the computed one", vi: "Số liệu công bố khác số liệu tính từ hồ sơ" },
  rule: {
    en: "A figure that a unit published is, in the decimals that were printed, what the hub computes for the unit and the school year.",
    vi: "Số liệu đơn vị đã công bố bằng số hệ thống tính cho đơn vị và năm học đó, theo số chữ số thập phân đã in.",
  },
  mending: {
    en: "Read the causes. Correct the records, or the published figure where it was copied wrongly; where the document stays as it is, acknowledge it and say why.",
    vi: "Xem nguyên nhân. Sửa hồ sơ, hoặc sửa số liệu công bố nếu chép sai; nếu văn bản giữ nguyên thì xác nhận và nêu lý do.",
  },
  source: null,
  look(figure, tally) {
    const content = figure.content as Printed;
    const { printed, computed, agrees } = compare({ schoolYear: figure.schoolYear, content }, tally);
    if (agrees !== false || printed === null || computed === null || computed.value === null) return [];
    const { numerator, denominator, value } = computed;
    const { indicator, document, decimals } = content;
    return [
      {
        field: content.value === null ? "numerator" : "value",
        values: {
          ...{ indicator, document, published: printed, decimals: decimals ?? NONE },
          ...{ computed: value, numerator, denominator: denominator ?? NONE },
        },
      },
    ];
  },
  message(values) {
    const { indicator: key, document } = values;
    const indicator = indicatorByKey(key);
    const name = indicator?.name ?? { en: key, vi: key };
    const { published, computed } = figuresInWords(values, indicator?.unit === "RATE");
    return {
      en: `${name.en}: ${published.en} was published (${document}), the hub computes ${computed.en}.`,
      vi: `${name.vi}: công bố ${published.vi} (${document}), hệ thống tính ${computed.vi}.`,
    };
  },
});

function figuresInWords(
  { published, decimals, computed, numerator, denominator }: Differing,
  isRate: boolean,
): { published: Words; computed: Words } {
  const words = (value: number): Words => ({ en: shown(value, "en"), vi: shown(value, "vi") });
  const [above, below] = [words(numerator), words(denominator)];
  if (!isRate) return { published: words(published), computed: words(computed) };
  const percent = percentInWords(computed);
  return {
    published: percentInWords(published, decimals === NONE ? null : decimals),
    computed: { en: `${above.en} of ${below.en} = ${percent.en}`, vi: `${above.vi}/${below.vi} = ${percent.vi}` },
  };
}
