/**
 * Why a unit ended. Wording: reorganisation of 2025 (dispatches 4133 and 4173/TLĐ-ToC of the general confederation on unions
 * whose staff the budget pays wholly; Law 97/2025/QH15, by which district federations ended) and practice.
 */
export const END_REASONS = {
  DISSOLVED_BUDGET_100: "Dissolved: its staff are paid wholly by the state budget (giải thể do hưởng 100% lương từ ngân sách).",
  DISTRICT_ABOLISHED: "Ended with the district level on 1 July 2025 (kết thúc hoạt động do bỏ cấp huyện).",
  SECTOR_ABOLISHED: "Ended with the sector union above or as one (kết thúc hoạt động công đoàn ngành).",
  MERGED: "Merged into another unit of its level (sáp nhập, hợp nhất).",
  SPLIT: "Split into several units of its level (chia, tách).",
  SCHOOL_CLOSED: "Its school or employer closed (trường, đơn vị giải thể).",
  OTHER: "Another reason, or none was given (lý do khác).",
} as const;
export type EndReason = keyof typeof END_REASONS;

/** Short words of an end, as a distribution shows them. */
export const END_REASON_WORDS: Readonly<Record<EndReason, { en: string; vi: string }>> = {
  DISSOLVED_BUDGET_100: { en: "dissolved, staff paid wholly by the budget", vi: "giải thể do hưởng 100% lương từ ngân sách" },
  DISTRICT_ABOLISHED: { en: "district level abolished", vi: "bỏ cấp huyện" },
  SECTOR_ABOLISHED: { en: "sector union abolished", vi: "kết thúc công đoàn ngành" },
  MERGED: { en: "merged", vi: "sáp nhập, hợp nhất" },
  SPLIT: { en: "split", vi: "chia, tách" },
  SCHOOL_CLOSED: { en: "school closed", vi: "trường, đơn vị giải thể" },
  OTHER: { en: "other or not told", vi: "lý do khác hoặc chưa rõ" },
};
