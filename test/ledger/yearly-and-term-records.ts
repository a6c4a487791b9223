import type { RecordDraft } from "../../src/intake/records/reading.js";

/** One of some. */
type Choose = <T>(...list: readonly T[]) => T;

/** A record of a school or a union that counts by its term, by its days or by its school year; now and then one that is refused. */
export function yearlyOrTermRecord(school: string, union: string, label: string, choose: Choose): RecordDraft {
  const first = Number(label.slice(0, 4));
  const draft = (kind: string, unit: string, content: RecordDraft["content"], schoolYear: string | null = null): RecordDraft => ({
    ...{ kind, unit, schoolYear, content, expectedVersion: null, reason: null },
  });
  const began = choose(2021, 2022, 2023);
  const committee = () => {
    const term = `${began}-${began + 2}`;
    const size = choose(3, 4, 9, 10);
    return draft(
      "inspectionCommittee",
      school,
      choose<object>(
        { term, electedOn: `${began}-09-20`, size, heads: 1 },
        { term, notElectedBecause: choose("NOT_ELECTED", "EXEMPT"), exemptionDecision: null, termStart: `${began}-09-20` },
      ) as RecordDraft["content"],
    );
  };
  const regulation = () =>
    draft("democracyRegulation", school, {
      number: choose("1", "2"),
      issuedOn: `${began}-05-31`,
      consulted: "UNION",
      repealedOn: choose(null, null, `${began + 1}-05-31`),
    });
  const congress = () =>
    draft(
      "congress",
      union,
      choose<object>(
        { term: `${began}-${began + 5}`, heldOn: `${began}-05-31`, committeeSize: choose(3, 5, 16), termEnd: choose(null, "2024-05-30") },
        { term: `${began}-${began + 5}`, notHeldBecause: "POSTPONED" },
      ) as RecordDraft["content"],
    );
  const set = () => {
    const kinds = ["EXECUTIVE_COMMITTEE", "INSPECTION_COMMITTEE", "COORDINATION_WITH_MANAGEMENT", "INTERNAL_SPENDING"];
    const regulations = kinds.slice(choose(0, 0, 2)).map((kind) => ({ kind, adoptedOn: `${began}-06-15` }));
    return draft("unionRegulationSet", union, { term: `${began}-${began + 5}`, regulations });
  };
  const body = () =>
    draft("unionBody", union, {
      body: choose("EXECUTIVE_COMMITTEE", "WOMENS_COMMITTEE"),
      term: `${began}-${began + 5}`,
      formedOn: `${began}-10-15`,
      inOfficeUntil: choose(null, `${began + 1}-05-30`),
      size: 3,
      monthsBetweenMeetings: choose(1, 2, 2, 3),
    });
  const worked = () => draft("unionYear", union, { executiveMeetings: choose(0, 4, 9), executiveProgrammeOn: `${first}-09-20` }, label);
  const rating = () => draft("unitRating", union, { year: first, level: choose("EXCELLENT", "GOOD", "COMPLETED", "NOT_RATED") });
  const activity = () => {
    const unit = choose(school, school, union);
    return draft(
      "activityReport",
      unit,
      {
        ...(unit === union ? { peopleCounted: choose("OTHERS_ONLY", "ALL_ITS_SCHOOLS", "ALL_ITS_SCHOOLS", null) } : {}),
        policyApplied: choose(true, true, null),
        dialoguesOn: choose<string[]>([], [`${first}-11-05`]),
        welfare: choose<object[]>([], [{ paidBy: choose("UNION", "DONOR"), gifts: 3, amount: choose(500_000, 90_000_000_000) }]),
        initiativesRegistered: choose(0, 7),
        awards: choose<object[]>([], [{ level: "DISTRICT", type: "FLAG", recipient: "COLLECTIVE", count: 1 }]),
      },
      label,
    );
  };
  const acknowledgement = () =>
    draft(
      "findingAcknowledgement",
      choose(school, school, union, "CB", "HN"),
      choose<RecordDraft["content"]>(
        { check: "NOTHING_REPORTED", because: "Trường đóng cửa sửa chữa." },
        { check: "NOTHING_REPORTED", because: "Trường đóng cửa sửa chữa." },
        { check: "PUBLISHED_DIFFERS", because: "Văn bản đã in." },
        { check: "REPORT_LATE", field: choose("membershipReport", "activityReport", "staffConference"), because: choose("Mưa lũ.", "") },
      ),
      label,
    );
  const extension = () =>
    draft(
      "deadlineExtension",
      choose(school, school, union),
      {
        indicator: choose("staffConferenceCompletion", "staffConferenceCompletion", "labourConferenceCompletion", "reportSubmission"),
        until: choose(`${first}-10-25`, `${first + 1}-01-10`, `${first + 1}-08-01`),
        because: "Trường bị ngập lụt.",
      },
      label,
    );
  return choose(
    committee,
    regulation,
    congress,
    set,
    body,
    worked,
    rating,
    activity,
    acknowledgement,
    acknowledgement,
    acknowledgement,
    extension,
  )();
}
