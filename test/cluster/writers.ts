import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { diceFor } from "../../src/seeding/demonstration/dice.js";
import { type Answer, type Hub } from "./hub.js";

export const SCHOOL_YEAR = "2024-2025";
/** The day of all moves. */
export const MOVED_ON = "2024-11-01";
export const UNIONS = ["U1", "U2", "U3", "U4", "U5", "U6"];
export const DISTRICTS = ["D1", "D2", "D3"];
/** Schools whose conference everybody corrects at once, always by one worker more. */
export const SHARED = ["H1", "H2"];
/** Schools of a writer. */
const OWN = 12;
export const ownSchools = (writer: number): string[] => Array.from({ length: OWN }, (_, index) => `S${writer}-${index}`);

/** Answers after which nothing was stored and the client tries again; and the one after which nobody knows. */
const TRY_AGAIN = ["UNAVAILABLE", "OVERLOADED", "DEADLINE_EXCEEDED", "READ_ONLY"];
const UNKNOWN = "OUTCOME_UNKNOWN";

/** A version of a record that a hub said is stored, with a value by which it is told from every other. */
export interface Acknowledged {
  recordId: string;
  version: number;
  field: string;
  value: unknown;
}

/** What the writers saw in a phase. */
export class Observed {
  acknowledged: Acknowledged[] = [];
  increments = 0;
  moves = 0;
  /** Where the moves that were acknowledged have put each union, the last of them. */
  readonly placed = new Map<string, string>();
  conflicts = 0;
  refused = 0;
  unknown = 0;
  reads = 0;
  slowestMs = 0;
  violations: string[] = [];
}

const CORRECT = `mutation ($input: RecordConferenceInput!) {
  recordConference(input: $input) { outcome version record { id version workers } userErrors { code field message { en } } } }`;
const REPORT = `mutation ($input: ReportMembershipInput!) {
  reportMembership(input: $input) { outcome version record { id version } userErrors { code field message { en } } } }`;
const BATCH = `mutation ($input: SubmitRecordsInput!) {
  submitRecords(input: $input) { rows { outcome version record { id version } userErrors { code field message { en } } } } }`;
const MOVE = `mutation ($input: MoveUnitInput!) { moveUnit(input: $input) { outcome userErrors { code field message { en } } } }`;
const DIRECT = `mutation ($input: RecordDirectiveInput!) {
  recordDirective(input: $input) { outcome version record { id version } userErrors { code field message { en } } } }`;
const READ = `query ($id: ID!) { node(id: $id) { ... on Conference { version } } }`;

interface Row {
  outcome: string;
  version: number | null;
  record: { id: string; version: number; workers?: number } | null;
  userErrors: { code: string; message: { en: string } }[];
}

/** All changes of a client have values of their own. */
let lastValue = 1_000;
const newValue = () => (lastValue += 1);

/** A client that sends each change until it is settled: to its own hub first, to the next one when that cannot. */
export class Writer {
  private readonly versions = new Map<string, number>();
  private readonly dice;
  private deed = 0;

  constructor(
    private readonly number: number,
    private readonly hubs: readonly Hub[],
    private readonly neighbours: readonly string[],
    private readonly observed: () => Observed,
  ) {
    this.dice = diceFor(`writer ${number}`);
  }

  async writeUntil(stopped: () => boolean): Promise<void> {
    const deeds = [() => this.correct(), () => this.report(), () => this.correct(), () => this.increment(), () => this.submit()];
    while (!stopped()) {
      await deeds[this.deed++ % deeds.length]!();
      await pause(Math.random() * 200);
    }
  }

  /** Moves unions and sets deadlines meanwhile: what shuts out everybody else. */
  async stewardUntil(stopped: () => boolean): Promise<void> {
    while (!stopped()) {
      this.deed++;
      if (this.deed % 3 === 0) {
        const deadline = `2024-1${this.dice.between(0, 2)}-${10 + (this.deed % 18)}`;
        const settings = [{ indicator: "staffConferenceCompletion", schoolYear: SCHOOL_YEAR, deadline, target: 0.9 }];
        const key = { unit: "P", number: "1/HD", issuedOn: "2024-09-01" };
        await this.correction(DIRECT, "recordDirective", "directive", { ...key, settings }, "number");
      } else {
        const input = { unit: this.dice.pick(UNIONS as [string]), parent: this.dice.pick(DISTRICTS as [string]), on: MOVED_ON };
        const answer = await this.settled(MOVE, { input });
        if (!answer) continue;
        const { outcome, userErrors } = answer.moveUnit as Row;
        if (outcome === "REJECTED") this.violation(`moving ${input.unit} was refused: ${userErrors[0]?.message.en}`);
        else {
          this.observed().moves++;
          this.observed().placed.set(input.unit, input.parent);
        }
      }
      await pause(100);
    }
  }

  /** Own schools: the first report, then corrections of it with the version. */
  private async correct(): Promise<void> {
    const unit = this.dice.pick(ownSchools(this.number) as [string]);
    const stored = await this.correction(CORRECT, "recordConference", `conference ${unit}`, conference(unit), "workers");
    if (stored && this.deed % 3 === 0) await this.readElsewhere(stored);
  }

  /** Schools whose conferences a client of another node reports: the same dossier from two sides. */
  private async report(): Promise<void> {
    const unit = this.dice.pick(this.neighbours as [string]);
    await this.correction(REPORT, "reportMembership", `membership ${unit}`, membership(unit), "workersClosing");
  }

  private async correction(
    document: string,
    name: string,
    key: string,
    input: Record<string, unknown>,
    field: string,
  ): Promise<Acknowledged | null> {
    for (;;) {
      const data = await this.settled(document, { input: { ...input, expectedVersion: this.versions.get(key) ?? null } });
      if (!data) return null;
      const { outcome, version, record, userErrors } = data[name] as Row;
      if (record) this.versions.set(key, record.version);
      if (outcome !== "REJECTED" && record && version !== null) return this.acknowledge(record.id, version, field, input[field]);
      if (!userErrors.every(({ code }) => code === "VERSION_CONFLICT")) return this.violation(`${key}: ${userErrors[0]?.message.en}`);
      // Only the steward's directive, and what came of an answer that was lost, may have another version than was read.
      this.observed().conflicts++;
    }
  }

  /** Everybody's schools: one more than was read, with its version; a conflict tells what is there now. */
  private async increment(): Promise<void> {
    const unit = this.dice.pick(SHARED as [string]);
    let read = { version: null as number | null, workers: 0 };
    for (;;) {
      const input = { ...conference(unit), convened: 1, present: 1, votesFor: 1, workers: read.workers + 1 };
      // Who sent it, so that a repeated answer is not taken for somebody else's increment.
      const mark = { remark: `writer ${this.number}, ${newValue()}`, expectedVersion: read.version };
      const data = await this.settled(CORRECT, { input: { ...input, ...mark } });
      if (!data) return;
      const { outcome, record, userErrors } = data.recordConference as Row;
      if (outcome !== "REJECTED" && record) {
        this.observed().increments++;
        this.acknowledge(record.id, record.version, "workers", input.workers);
        return;
      }
      if (!record || !userErrors.every(({ code }) => code === "VERSION_CONFLICT")) {
        this.violation(`${unit}: ${userErrors[0]?.message.en}`);
        return;
      }
      this.observed().conflicts++;
      read = { version: record.version, workers: record.workers! };
    }
  }

  private async submit(): Promise<void> {
    const conferences = ownSchools(this.number).map((unit) => ({
      key: `conference ${unit}`,
      name: "conference",
      content: conference(unit),
    }));
    const rows = conferences.map(({ key, name, content }) => ({ [name]: { ...content, expectedVersion: this.versions.get(key) ?? null } }));
    const data = await this.settled(BATCH, { input: { rows } });
    if (!data) return;
    (data.submitRecords.rows as Row[]).forEach(({ outcome, version, record, userErrors }, index) => {
      const { key, content } = conferences[index]!;
      if (record) this.versions.set(key, record.version);
      if (outcome !== "REJECTED" && record && version !== null) this.acknowledge(record.id, version, "workers", content.workers);
      else this.violation(`a row of a batch, ${key}: ${userErrors[0]?.message.en}`);
    });
  }

  /** Whoever was told that it is stored finds it at every other hub, too. */
  private async readElsewhere({ recordId, version }: Acknowledged): Promise<void> {
    const answer = await this.hubs[(this.number + 1) % this.hubs.length]!.ask(READ, { id: recordId });
    if (answer.code !== undefined) return this.judge(answer);
    this.observed().reads++;
    const seen = (answer.data.node?.version ?? 0) as number;
    if (seen < version) this.violation(`a version ${version} that was acknowledged is read as ${seen} at the next hub`);
  }

  /** The data that answer a change, however often it has to be sent; null after an answer that may never come. */
  private async settled(query: string, variables: { input: object }): Promise<any> {
    const keyed = { input: { idempotencyKey: randomUUID(), ...variables.input } };
    for (let attempt = 0; ; attempt++) {
      const began = Date.now();
      const answer = await this.hubs[(this.number + attempt) % this.hubs.length]!.ask(query, keyed);
      this.observed().slowestMs = Math.max(this.observed().slowestMs, Date.now() - began);
      if (answer.code === undefined) return answer.data;
      this.judge(answer);
      if (answer.code !== UNKNOWN && !TRY_AGAIN.includes(answer.code)) return null;
      await pause(50 + Math.random() * 200);
    }
  }

  private judge(answer: Answer & { code: string }): void {
    if (answer.code === UNKNOWN) this.observed().unknown++;
    else if (TRY_AGAIN.includes(answer.code)) this.observed().refused++;
    else this.violation(`${answer.code}, ${answer.message}`);
  }

  private acknowledge(recordId: string, version: number, field: string, value: unknown): Acknowledged {
    const acknowledged = { recordId, version, field, value };
    this.observed().acknowledged.push(acknowledged);
    return acknowledged;
  }

  private violation(text: string): null {
    this.observed().violations.push(text);
    return null;
  }
}

const conference = (unit: string) => {
  const workers = newValue();
  return {
    unit,
    schoolYear: SCHOOL_YEAR,
    heldOn: "2024-10-25",
    workers,
    convened: workers,
    present: workers,
    votesFor: 20,
    pactSigned: true,
  };
};

function membership(unit: string) {
  const figures = { womenWorkersOpening: 0, womenMembersOpening: 0, womenWorkersClosing: 0, womenMembersClosing: 0 };
  const workersClosing = newValue();
  return { unit, schoolYear: SCHOOL_YEAR, ...figures, workersOpening: 30, membersOpening: 20, membersClosing: 20, workersClosing };
}
