/** Regulations of a union for a term. Which of them make the full set is set by a directive; without one, the first four. */
export const UNION_REGULATION_KINDS = {
  EXECUTIVE_COMMITTEE: "Working rules of the executive committee (quy chế hoạt động của ban chấp hành).",
  INSPECTION_COMMITTEE: "Working rules of the union's inspection committee (quy chế hoạt động của ủy ban kiểm tra).",
  COORDINATION_WITH_MANAGEMENT: "Coordination with the head of the unit (quy chế phối hợp với thủ trưởng đơn vị).",
  INTERNAL_SPENDING:
    "Internal spending of the union (quy chế chi tiêu nội bộ của công đoàn); not the school's own regulation of that name (Law 10/2022 Art. 53(9)).",
  OTHER: "Another regulation of the union.",
} as const;
export type UnionRegulationKind = keyof typeof UNION_REGULATION_KINDS;

/** The full set where no directive says another: the four that the practice names (Bắc Từ Liêm, term 2023-2028). */
export const USUAL_SET: readonly UnionRegulationKind[] = [
  "EXECUTIVE_COMMITTEE",
  "INSPECTION_COMMITTEE",
  "COORDINATION_WITH_MANAGEMENT",
  "INTERNAL_SPENDING",
];
