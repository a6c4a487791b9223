import { Arg, type ClassType, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from "type-graphql";
import { type RecordKind } from "../domain/records/kind.js";
import { kindOf, recordedKinds } from "../domain/records/kinds.js";
import { type Finding, type StoredRecord } from "../domain/records/record.js";
import { inUnitOfWork } from "../intake/change.js";
import { type RecordDraft } from "../intake/reading.js";
import { type RowResult, submit } from "../intake/submit.js";
import { withdraw } from "../intake/withdraw.js";
import { type GraphContext } from "./context.js";
import { VersionedPayload } from "./payload.type.js";
import { declareFields } from "./record.fields.js";
import { FindingType, recordOf, type RecordType, recordTypeFor } from "./record.type.js";

/** What every record's input has besides the fields of its kind. */
export interface RecordInput {
  unit: string;
  schoolYear?: string | null;
  expectedVersion?: number | null;
  reason?: string | null;
}

const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
const named = <T extends object = object>(name: string, base?: ClassType): ClassType<T> =>
  (base ? { [name]: class extends base {} } : { [name]: class {} })[name] as unknown as ClassType<T>;

const inputs = new Map(recordedKinds.map((kind) => [kind.key, inputOf(kind)]));

/** The input type of a kind; also a row of a batch. */
export function recordInputFor(kind: string): ClassType<RecordInput> {
  const input = inputs.get(kind);
  if (!input) throw new Error(`no input type for ${kind}`);
  return input;
}

function inputOf(kind: RecordKind): ClassType<RecordInput> {
  const name = `${capital(kind.mutations.record)}Input`;
  const type = named<RecordInput>(name);
  InputType(name, { description: kind.description })(type);
  const field = (of: () => ClassType, key: string, nullable: boolean, description: string) =>
    Field(of, { nullable, description })(type.prototype, key);
  field(() => ID as unknown as ClassType, "unit", false, "Id or code of the unit that reports it.");
  if (kind.schoolYear !== "NEVER")
    field(
      () => String as unknown as ClassType,
      "schoolYear",
      kind.schoolYear === "SOMETIMES",
      'Label of the school year, e.g. "2024-2025".',
    );
  declareFields(type, kind.fields, "input");
  field(
    () => Int as unknown as ClassType,
    "expectedVersion",
    true,
    "To correct a record: the version that you have read. Leave it out for a first report.",
  );
  field(() => String as unknown as ClassType, "reason", true, "Why it is sent again; kept with the version.");
  return type;
}

@InputType({ description: "A record to be taken back." })
export class WithdrawInput {
  @Field(() => ID, { description: "Id of the record." })
  record: string;
  @Field(() => String, { description: "Why; kept with the last version." })
  reason: string;
  @Field(() => Int, { nullable: true, description: "The version that you have read; without it the newest is withdrawn." })
  expectedVersion: number | null;
}

export interface RecordPayload extends VersionedPayload {
  record: RecordType | null;
  findings?: Finding[];
}

/** The draft in an input: its own fields apart from those of the kind. */
export function draftOf(kind: string, { unit, schoolYear, expectedVersion, reason, ...content }: RecordInput): RecordDraft {
  return {
    kind,
    unit,
    schoolYear: schoolYear ?? null,
    content: content as Record<string, unknown>,
    expectedVersion: expectedVersion ?? null,
    reason: reason ?? null,
  };
}

export function shownRecord(record: StoredRecord | null): { record: RecordType | null; version: number | null } {
  return { record: record && recordOf(record), version: record?.version ?? null };
}

export function payloadOf({ outcome, record, problems, findings }: RowResult): RecordPayload {
  return { outcome, ...shownRecord(record), findings, userErrors: problems };
}

/** Both mutations of a kind, out of its declaration. */
function mutationsOf(kind: RecordKind): ClassType {
  const payload = (mutation: string, withFindings: boolean) => {
    const name = `${capital(mutation)}Payload`;
    const type = named(name, VersionedPayload as unknown as ClassType);
    ObjectType(name, { description: `Answer of ${mutation}.`, simpleResolvers: true })(type);
    Field(() => recordTypeFor(kind.key), {
      nullable: true,
      description: "The record as it is stored now; after a conflict, what stands against the change.",
    })(type.prototype, "record");
    if (withFindings)
      Field(() => [FindingType], { description: "What looks wrong in it; it was accepted and is flagged." })(type.prototype, "findings");
    return type;
  };
  const resolver = named(`${kind.typeName}Mutations`);
  const declare = (
    name: string,
    returns: ClassType,
    input: () => ClassType,
    description: string,
    run: (input: never, context: GraphContext) => Promise<RecordPayload>,
  ) => {
    const descriptor: PropertyDescriptor = { value: run, configurable: true };
    Object.defineProperty(resolver.prototype, name, descriptor);
    Mutation(() => returns, { description })(resolver.prototype, name, descriptor);
    Arg("input", input)(resolver.prototype, name, 0);
    Ctx()(resolver.prototype, name, 1);
  };
  const { record, withdraw: takeBack } = kind.mutations;
  declare(
    record,
    payload(record, true),
    () => recordInputFor(kind.key),
    `Records or corrects a ${kind.typeName}. Sent again unchanged it answers UNCHANGED. ${kind.description}`,
    async (input: RecordInput, context: GraphContext) => {
      const [result] = await inUnitOfWork(context.database, false, (stores) =>
        submit(stores, context.change(), [draftOf(kind.key, input)]),
      );
      context.renew();
      if (!result) throw new Error("a record was submitted and nothing answered");
      return payloadOf(result);
    },
  );
  declare(
    takeBack,
    payload(takeBack, false),
    () => WithdrawInput,
    `Takes a ${kind.typeName} back: it counts nowhere from now on; all versions stay readable.`,
    async (input: WithdrawInput, context: GraphContext) => {
      const { record: recordId, reason, expectedVersion } = input;
      const {
        outcome,
        record: stored,
        problems,
      } = await inUnitOfWork(context.database, false, (stores) =>
        withdraw(stores, context.change(), { kind: kindOf(kind.key).key, recordId, reason, expectedVersion: expectedVersion ?? null }),
      );
      context.renew();
      return { outcome, ...shownRecord(stored), userErrors: problems };
    },
  );
  Resolver()(resolver);
  return resolver;
}

export const recordResolvers: readonly ClassType[] = recordedKinds.map(mutationsOf);
