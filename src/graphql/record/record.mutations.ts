import type { GraphQLResolveInfo } from "graphql";
import { Arg, type ClassType, Ctx, Field, ID, Info, InputType, Int, Mutation, ObjectType, Resolver } from "type-graphql";
import { type RecordFinding } from "../../domain/findings/finding.js";
import { type RecordKind } from "../../domain/records/kind.js";
import { recordedKinds } from "../../domain/records/catalogue.js";
import { type RecordDraft } from "../../intake/records/reading.js";
import { type RowResult } from "../../intake/records/batch.js";
import { submit } from "../../intake/records/submit.js";
import { MOST_FINDINGS } from "../../domain/findings/examination.js";
import { directive } from "../../domain/records/kinds/directive.js";
import { ofDirectives, ofWithdrawal } from "../cost/branch-work.js";
import { CHANGE, Costs, DIRECTIVE, Free, type Price } from "../cost/price.js";
import { type GraphContext } from "../engine/context.js";
import { declareEffects, type WithChanges } from "../change/with-effects.js";
import { type ChangeInput, DRY_RUN, HintedPayload, KeyField } from "../engine/payload.type.js";
import { performedOne } from "../change/performed.js";
import { RECORD_INSTANTS } from "../../work/stored-answer.js";
import { type Told } from "../../work/told.js";
import { declareFields } from "./record.fields.js";
import { type RecordType, recordTypeFor, shownRecord } from "./record.type.js";
import { FindingType } from "./record-finding.type.js";

/** What every record's input has besides the fields of its kind. */
export interface RecordInput extends ChangeInput {
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
  Field(() => Boolean, { defaultValue: false, description: `${DRY_RUN} In a batch give it to the whole.` })(type.prototype, "dryRun");
  KeyField("optional")(type.prototype, "idempotencyKey");
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
  @Field(() => Boolean, { defaultValue: false, description: DRY_RUN })
  dryRun: boolean;
  @KeyField("optional")
  idempotencyKey?: string | null;
}

export interface RecordPayload extends HintedPayload, WithChanges {
  record: RecordType | null;
  findings?: RecordFinding[];
}

/** The draft in an input: its own fields apart from those of the kind. */
export function draftOf(
  kind: string,
  { unit, schoolYear, expectedVersion, reason, dryRun: _, idempotencyKey: __, ...content }: RecordInput,
): RecordDraft {
  return {
    kind,
    unit,
    schoolYear: schoolYear ?? null,
    content: content as Record<string, unknown>,
    expectedVersion: expectedVersion ?? null,
    reason: reason ?? null,
  };
}

/** What is told of one record that was sent. */
export function recordAnswer({ outcome, problems, result }: Told<RowResult>) {
  return { outcome, ...shownRecord(result?.record), findings: result?.findings ?? [], hints: result?.hints ?? [], userErrors: problems };
}

/** Both mutations of a kind, out of its declaration. */
function mutationsOf(kind: RecordKind): ClassType {
  const payload = (mutation: string, withFindings: boolean) => {
    const name = `${capital(mutation)}Payload`;
    const type = named(name, HintedPayload as unknown as ClassType);
    ObjectType(name, { description: `Answer of ${mutation}.`, simpleResolvers: true })(type);
    Field(() => recordTypeFor(kind.key), {
      nullable: true,
      description: "The record as it is stored now; after a conflict, what stands against the change.",
    })(type.prototype, "record");
    Free("HELD")(type.prototype, "record");
    if (withFindings) {
      Field(() => [FindingType], { description: "What looks wrong in it; it was accepted and is flagged." })(type.prototype, "findings");
      Costs({ most: MOST_FINDINGS })(type.prototype, "findings");
    }
    declareEffects(type);
    return type;
  };
  const resolver = named(`${kind.typeName}Mutations`);
  const declare = (
    name: string,
    returns: ClassType,
    input: () => ClassType,
    description: string,
    price: Price,
    run: (input: never, context: GraphContext, info: GraphQLResolveInfo) => Promise<RecordPayload>,
  ) => {
    const descriptor: PropertyDescriptor = { value: run, configurable: true };
    Object.defineProperty(resolver.prototype, name, descriptor);
    Mutation(() => returns, { description })(resolver.prototype, name, descriptor);
    Costs(price)(resolver.prototype, name, descriptor);
    Arg("input", input)(resolver.prototype, name, 0);
    Ctx()(resolver.prototype, name, 1);
    Info()(resolver.prototype, name, 2);
  };
  const { record: send, withdraw: takeBack } = kind.mutations;
  const directs = kind.key === directive.key;
  declare(
    send,
    payload(send, true),
    () => recordInputFor(kind.key),
    `Records or corrects a ${kind.typeName}. Sent again unchanged it answers UNCHANGED. ${kind.description}`,
    directs ? { points: CHANGE + DIRECTIVE, branches: ({ input }) => ofDirectives([input]) } : { points: CHANGE },
    async (input: RecordInput, context: GraphContext, info: GraphQLResolveInfo) => {
      const { changes, replayed, ...told } = await performedOne(context, info, input, { record: RECORD_INSTANTS }, (stores) =>
        submit(stores, context.change(), [draftOf(kind.key, input)]),
      );
      return { ...recordAnswer(told), changes, replayed };
    },
  );
  declare(
    takeBack,
    payload(takeBack, false),
    () => WithdrawInput,
    `Takes a ${kind.typeName} back: it counts nowhere from now on; all versions stay readable.`,
    directs ? { points: CHANGE + DIRECTIVE, branches: ofWithdrawal } : { points: CHANGE },
    async (input: WithdrawInput, context: GraphContext, info: GraphQLResolveInfo) => {
      const { record, reason, expectedVersion } = input;
      const { outcome, problems, result, ...told } = await performedOne(context, info, input, { record: RECORD_INSTANTS }, (stores) =>
        submit(stores, context.change(), [{ kind: kind.key, record, reason, expectedVersion: expectedVersion ?? null }]),
      );
      return { outcome, ...shownRecord(result?.record), hints: result?.hints ?? [], userErrors: problems, ...told };
    },
  );
  Resolver()(resolver);
  return resolver;
}

export const recordResolvers: readonly ClassType[] = recordedKinds.map(mutationsOf);
