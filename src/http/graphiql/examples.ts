/** A ready tab of GraphiQL; also run by the tests, so that it keeps working. */
export interface Example {
  /** The name of the operation, which GraphiQL shows on the tab. */
  name: string;
  /** Whose token it runs with. */
  as: "analyst" | "districtApp";
  document: string;
  variables: Record<string, unknown>;
}

const province: Example = {
  name: "ProvinceScreen",
  as: "analyst",
  variables: { province: "CB", schoolYear: "2023-2024" },
  document: `# A province's screen: the province and all its districts,
# several indicators, one request. A rate comes with its
# numerator and denominator, with how many have reported
# (coverage), and with what it would be if all who have not
# said NO or YES (bounds). Type inside { } to see what else
# there is, or change the variables below.
query ProvinceScreen($province: String!, $schoolYear: String!) {
  unit(code: $province) {
    name
    rollup(schoolYear: $schoolYear) {
      ...Figures
      staffConferenceCompletion {
        coverage { expected reported missing notDue }
        bounds { lower upper }
        target
        attained
      }
    }
    children(first: 50) {
      nodes {
        code
        name
        rollup(schoolYear: $schoolYear) { ...Figures }
      }
    }
  }
}

fragment Figures on Rollup {
  staffConferenceCompletion { value numerator denominator }
  agreementCoverage { value numerator denominator }
  unionisationRate { value numerator denominator }
  membershipGrowth { value }
}
`,
};

const worklist: Example = {
  name: "Worklist",
  as: "analyst",
  variables: { district: "CB-TP", schoolYear: "2023-2024" },
  document: `# A worklist: the schools behind a number. Here those of a
# city that have not reported a staff conference.
query Worklist($district: String!, $schoolYear: String!) {
  unit(code: $district) {
    name
    worklist(schoolYear: $schoolYear, indicator: "staffConferenceCompletion", status: NO_REPORT, first: 20) {
      totalCount
      nodes {
        unit { code name }
        status
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}
`,
};

const conference: Example = {
  name: "RecordConference",
  as: "districtApp",
  variables: {
    input: {
      unit: "CB-TP-TH-SONGHIEN",
      schoolYear: "2023-2024",
      heldOn: "2023-10-05",
      convened: 30,
      present: 29,
      votesFor: 28,
      pactSigned: true,
    },
  },
  document: `# A conference recorded, as a district app does it: this tab
# has the token of one. When the answer is here, every rate
# above the school has moved: run the other tabs again.
mutation RecordConference($input: RecordConferenceInput!) {
  recordConference(input: $input) {
    outcome
    version
    record { id heldOn }
    findings { message { en } }
    userErrors { code field message { en vi } }
  }
}
`,
};

const trend: Example = {
  name: "Trend",
  as: "analyst",
  variables: { province: "CB", from: "2022-2023", to: "2024-2025" },
  document: `# A trend: one unit over several school years, each year
# under its own tree.
query Trend($province: String!, $from: String!, $to: String!) {
  unit(code: $province) {
    name
    trend(from: $from, to: $to) {
      schoolYear { label }
      staffConferenceCompletion { value numerator denominator }
      membershipGrowth { value numerator denominator }
    }
  }
}
`,
};

const explanation: Example = {
  name: "Explain",
  as: "analyst",
  variables: { unit: "CB", schoolYear: "2024-2025" },
  document: `# A figure explained: the formula with the figures put in,
# the units that make it and those left out. Change unit to
# the code of a contribution to go further down, to a school
# and the records behind its part. Below it the growth of
# membership taken apart.
query Explain($unit: String!, $schoolYear: String!) {
  unit(code: $unit) {
    name
    explain(indicator: "staffConferenceCompletion", schoolYear: $schoolYear) {
      formula { en vi }
      deadline { day source { vi } }
      contributions(first: 10) {
        nodes { unit { code name } numerator denominator value share }
      }
      leftOut { reason words { vi } count }
      records { nodes { kind recordedBy { name unit } recordedAt version } }
    }
    growth(schoolYear: $schoolYear) {
      membersBefore
      membersNow
      change
      parts { key name { vi } members unitCount }
    }
  }
}
`,
};

export const examples: readonly Example[] = [province, worklist, conference, trend, explanation];
