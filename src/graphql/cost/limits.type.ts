import { Field, Int, ObjectType } from "type-graphql";
import { Costs, Free } from "./price.js";

@ObjectType({ description: "What a caller may spend: points that come back in the course of time.", simpleResolvers: true })
export class BudgetLimits {
  @Field(() => Int, { description: "The most points at once." })
  capacity: number;
  @Field(() => Int, { description: "Points that come back in a second." })
  refillPerSecond: number;
}

@ObjectType({ description: "The most that the body of a request may hold.", simpleResolvers: true })
export class BodyLimits {
  @Field(() => Int, { description: "Bytes." })
  bytes: number;
  @Field(() => Int, { description: "How many bytes cost a point." })
  bytesPerPoint: number;
}

@ObjectType({ description: "The most that a document may hold.", simpleResolvers: true })
export class DocumentLimits {
  @Field(() => Int, { description: "Characters." })
  characters: number;
  @Field(() => Int, { description: "How many characters cost a point. It is not taken where the hub knows the document already." })
  charactersPerPoint: number;
  @Field(() => Int, { description: "Lines." })
  lines: number;
  @Field(() => Int, { description: "Words and signs." })
  tokens: number;
  @Field(() => Int, { description: "Brackets inside each other." })
  nesting: number;
  @Field(() => Int, { description: "Fields inside each other, fragments looked through." })
  depth: number;
  @Field(() => Int, { description: "Aliases." })
  aliases: number;
  @Field(() => Int, { description: "Directives (@include, @skip)." })
  directives: number;
  @Field(() => Int, { description: "Spreads of fragments." })
  spreads: number;
  @Field(() => Int, { description: "Fragments." })
  fragments: number;
}

@ObjectType({ description: "The most that the variables of a request may hold.", simpleResolvers: true })
export class VariableLimits {
  @Field(() => Int, { description: "Values, in all variables together." })
  values: number;
  @Field(() => Int, { description: "Variables." })
  variables: number;
  @Field(() => Int, { description: "Fields of an object." })
  fields: number;
  @Field(() => Int, { description: "Entries of a list." })
  entries: number;
  @Field(() => Int, { description: "Lists and objects inside each other." })
  nesting: number;
}

@ObjectType({ description: "The most that an answer may be and take, whatever its price said before.", simpleResolvers: true })
export class AnswerLimits {
  @Field(() => Int, {
    description: "Objects, entries of lists among them; one that has to be looked up counts as four, an error as twenty.",
  })
  objects: number;
  @Field(() => Int, { description: "Bytes." })
  bytes: number;
  @Field(() => Int, { description: "Milliseconds of the hub's processor for a query." })
  queryMs: number;
  @Field(() => Int, { description: "The same for a mutation." })
  changeMs: number;
}

@ObjectType({ description: "How long a page of a list may be.", simpleResolvers: true })
export class PageLimits {
  @Field(() => Int, { description: "The longest." })
  longest: number;
  @Field(() => Int, { description: "That of a caller who gives neither first nor last." })
  usual: number;
}

@ObjectType({
  description:
    "How many rows a batch may hold, and what makes up its price besides its body and its document. `extensions.cost.requested` of a dry run tells the whole.",
  simpleResolvers: true,
})
export class BatchLimits {
  @Field(() => String, { description: "The mutation." })
  mutation: string;
  @Field(() => Int, {
    description:
      "Rows that fit into one request for certain, whatever they hold and however long the body is, where not more than `answerPoints` are selected of each row's answer. Directives and units in lists are counted besides.",
  })
  sureRows: number;
  @Field(() => Int, { description: "More rows are refused, whatever they cost." })
  mostRows: number;
  @Field(() => Int, { description: "Points of the change itself." })
  points: number;
  @Field(() => Int, { description: "Points of each row." })
  rowPoints: number;
  @Field(() => Int, { description: "Points that may be selected of each row's answer, so that `sureRows` fit." })
  answerPoints: number;
  @Field(() => Int, { description: "Points of each unit that a row names in a list (the schools of an agreement, predecessors)." })
  namedUnitPoints: number;
  @Field(() => Int, {
    nullable: true,
    description:
      "Points of each row with a directive, besides; null where rows have none. What directives do to the units of their branches is reserved besides, and makes no request too dear.",
  })
  directivePoints: number | null;
}

/** Mutations that take rows. */
const BATCHES = 4;

@ObjectType({
  description: "What a request may be. Costs are in points of ten microseconds of one processor, full pages assumed.",
  simpleResolvers: true,
})
export class Limits {
  @Field(() => Int, {
    description:
      "The most points that a request may cost, all in all; what it costs is `extensions.cost.requested` of its answer. More is QUERY_TOO_LARGE.",
  })
  points: number;
  @Field(() => Int, { description: "Points of every request, whatever it asks." })
  requestPoints: number;
  @Field(() => Int, { description: "Seconds for which the hub works on a request at most; after that it is DEADLINE_EXCEEDED." })
  seconds: number;
  @Free("HELD")
  @Field(() => BudgetLimits, { description: "What the caller may spend; beyond it is RATE_LIMITED." })
  budget: BudgetLimits;
  @Free("HELD")
  @Field(() => BodyLimits, { description: "A longer one is PAYLOAD_TOO_LARGE." })
  body: BodyLimits;
  @Free("HELD")
  @Field(() => DocumentLimits, { description: "A larger one is QUERY_TOO_LARGE." })
  document: DocumentLimits;
  @Free("HELD")
  @Field(() => VariableLimits, { description: "Larger ones are QUERY_TOO_LARGE." })
  variables: VariableLimits;
  @Free("HELD")
  @Field(() => AnswerLimits, { description: "A larger one is QUERY_TOO_LARGE while it is made; nothing of it is told." })
  answer: AnswerLimits;
  @Free("HELD")
  @Field(() => PageLimits, { description: "A longer one is BAD_USER_INPUT." })
  page: PageLimits;
  @Costs({ most: BATCHES })
  @Field(() => [BatchLimits], { description: "One for each mutation that takes rows." })
  batches: BatchLimits[];
}
