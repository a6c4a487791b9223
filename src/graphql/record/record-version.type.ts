import { Field, Int, ObjectType } from "type-graphql";
import { GraphQLJSONObject } from "graphql-scalars";
import { withAllFields } from "../../domain/records/content.js";
import { kindOf } from "../../domain/records/catalogue.js";
import { type RecordState, type RecordVersion, type StoredRecord, type VersionSpan } from "../../domain/records/record.js";
import { entriesOf, naming, unitListsOf } from "../../domain/records/unit-lists.js";
import { type Provenance } from "../../domain/tree/unit.js";
import { Costs, Free } from "../cost/price.js";
import { AuthorType } from "../unit/author.type.js";
import { connectionOf, type Page, type PageArgs, pageOf, type Paging, pagingOf } from "../engine/connection.js";
import { NUMBER } from "../engine/cursor.js";
import { type GraphContext } from "../engine/context.js";
import { ProvenanceEnum, RecordStateEnum } from "../engine/enums.js";
import type { UnitView } from "../../domain/tree/unit-view.js";

@ObjectType("RecordVersion", {
  description: "One version of a record: who stored it, when and why. None is ever changed.",
  simpleResolvers: true,
})
export class RecordVersionType {
  @Field(() => Int, { description: "Number of the version, from 1." })
  version: number;
  @Field(() => RecordStateEnum, { description: "Whether it counted, or took the record back." })
  state: RecordState;
  @Costs({ points: 5 })
  @Field(() => GraphQLJSONObject, {
    description:
      "The fields as they were in this version, with unit and schoolYear, in the shape of the input of its mutation (units by their codes): sent back as it was read, what stands answers UNCHANGED.",
  })
  content: object;
  @Field(() => ProvenanceEnum, { description: "Where this version came from (nguồn)." })
  provenance: Provenance;
  @Field(() => Date, { description: "When it was stored." })
  recordedAt: Date;
  @Free("HELD")
  @Field(() => AuthorType, { description: "Who stored it (người ghi)." })
  recordedBy: AuthorType;
  @Field(() => String, { nullable: true, description: "Why it was stored, where somebody said so (lý do)." })
  reason: string | null;
}

/** Who stored a version. What an earlier hub remembers of a change has no token. */
export function authorOf({ recordedBy, recordedByToken, recordedByUnit }: RecordVersion): AuthorType {
  return new AuthorType({ name: recordedBy, tokenId: recordedByToken ?? null, unitId: recordedByUnit });
}

export const RecordVersionConnection = connectionOf<RecordVersionType>(
  "RecordVersion",
  () => RecordVersionType,
  "Versions of a record, the newest first.",
);

/** A page of the versions of a record; `since`: only of those that came after this one. Versions are numbered from 1 without a gap. */
export async function versionPage(
  context: GraphContext,
  record: StoredRecord | null,
  page: PageArgs,
  since = 0,
): Promise<Page<RecordVersionType>> {
  const paging = pagingOf("versions", [NUMBER], page);
  // What was answered once is answered again with what has come since.
  const newest = record ? ((await context.loaders.record.load(record.recordId))?.version ?? 0) : 0;
  const span = record && spanOf(record.recordId, { oldest: since + 1, newest }, paging);
  const versions = span ? await context.loaders.versions.load(span) : [];
  const told = await Promise.all(
    versions.map(async (version) => ({
      ...version,
      recordedBy: authorOf(version),
      content: await toldContent(context, record!, version),
    })),
  );
  const read = paging.slice.backwards ? told.reverse() : told;
  return pageOf(
    read,
    paging,
    (version) => version,
    ({ version }) => [version],
    () => Math.max(0, newest - since),
  );
}

/** The versions that a page and what tells whether there is more take; `null` where there are none. */
function spanOf(recordId: string, { oldest, newest }: { oldest: number; newest: number }, { slice }: Paging): VersionSpan | null {
  const { after, before, backwards, limit } = slice;
  const to = after ? Math.min(newest, Math.ceil(Number(after[0])) - 1) : newest;
  const from = before ? Math.max(oldest, Math.floor(Number(before[0])) + 1) : oldest;
  if (from > to) return null;
  return backwards ? { recordId, from, to: Math.min(to, from + limit - 1) } : { recordId, from: Math.max(from, to - limit + 1), to };
}

/** Units that a record names, by the ids by which it does, as far as the caller may see them; an earlier version may name a duplicate, which another has joined. */
export async function toldUnits(context: GraphContext, ids: readonly string[]): Promise<Map<string, UnitView>> {
  const views = await Promise.all(ids.map((id) => context.loaders.unit(id)));
  return new Map(ids.flatMap((id, index) => (views[index] ? [[id, views[index]] as const] : [])));
}

/** The content in the shape of its input. A unit that the caller may not see is null, and left out of a list: sent back so, it stays in it. */
async function toldContent(context: GraphContext, record: StoredRecord, { content: stored }: RecordVersion): Promise<object> {
  const { unitId, schoolYear } = record;
  const kind = kindOf(record.kind);
  const content = withAllFields(kind.fields, stored);
  const unit = (await context.loaders.unit(unitId))?.code ?? null;
  const told: Record<string, unknown> = { unit, ...(kind.schoolYear === "NEVER" ? {} : { schoolYear }), ...content };
  for (const list of unitListsOf(kind.fields)) {
    const entries = entriesOf(content, list);
    const views = await toldUnits(
      context,
      entries.map(({ unit }) => unit),
    );
    told[list.name] = entries.flatMap(({ entry, unit: id }) => (views.has(id) ? [naming(entry, list, views.get(id)!.code)] : []));
  }
  return told;
}
