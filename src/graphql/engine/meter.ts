import { GraphQLError } from "graphql";
import { ANSWER_LIMITS, type AnswerLimits } from "../../domain/ground/limits.js";
import { type RequestErrorCode } from "../../domain/ground/request-fault.js";
import { ThreadTime, type WorkTime } from "./thread-time.js";

/** Fields between two looks at the clock, which costs more than some of them. */
const FIELDS_BETWEEN_LOOKS = 256;

/** Counts what one operation uses while its answer is made, and ends it past the limits: whatever it does next fails. */
export class Meter {
  private objects = 0;
  private bytes = 0;
  private steps = 0;
  private isChange = false;
  private isStored = false;
  private excess: GraphQLError | null = null;

  constructor(
    private readonly limits: AnswerLimits = ANSWER_LIMITS,
    private readonly time: WorkTime = new ThreadTime(),
  ) {}

  /** Milliseconds of the hub's thread so far. */
  get ms(): number {
    return this.time.used();
  }

  /** Milliseconds of all threads so far. */
  get wholeMs(): number {
    return this.time.whole();
  }

  /** Whether something that it changed is stored. */
  get stored(): boolean {
    return this.isStored;
  }

  /** Why the operation was ended, and what became of its changes; null while it is within the limits. */
  get ended(): string | null {
    if (!this.excess) return null;
    return [this.excess.message, ...(this.isChange ? [this.isStored ? STORED : NOT_STORED] : [])].join(" ");
  }

  /** The operation is one that changes something. */
  change(): void {
    this.isChange = true;
  }

  /** A change of the operation was stored. */
  store(): void {
    this.isStored = true;
  }

  /** A thread of the embedded database worked for it. */
  worked(ms: number): void {
    this.time.add(ms);
  }

  /** The operation goes on after it waited. */
  resume(): void {
    this.time.work();
  }

  /** The operation goes on; fails past the limits. */
  check(): void {
    this.time.work();
    const most = this.isChange ? this.limits.changeMs : this.limits.queryMs;
    if (this.ms >= most) this.end(`The request took ${most / 1_000} seconds of the hub's processor`);
    if (this.excess) throw this.excess;
  }

  /** The same, for what comes many times a millisecond. */
  go(): void {
    if (this.excess) throw this.excess;
    this.time.work();
    if (++this.steps % FIELDS_BETWEEN_LOOKS === 0) this.check();
  }

  /** More of the answer is there, or begun. */
  count(objects: number, bytes: number): void {
    this.objects += objects;
    this.bytes += bytes;
    const most = this.limits;
    if (this.objects > most.objects) this.end(`The answer is made of more than ${most.objects} objects`);
    if (this.bytes > most.bytes) this.end(`The answer is longer than ${most.bytes} bytes`);
  }

  /** The same; fails past the limits. */
  add(objects: number, bytes: number): void {
    this.count(objects, bytes);
    if (this.excess) throw this.excess;
  }

  private end(excess: string): void {
    const code: RequestErrorCode = "QUERY_TOO_LARGE";
    // With a path it counts as located: graphql-js would make another error of it for each field that fails.
    this.excess ??= new GraphQLError(`${excess}; that is the most for one request. ${ASK_FOR_LESS}`, { path: [], extensions: { code } });
  }
}

const ASK_FOR_LESS = "Ask for smaller pages (first), fewer lists inside lists or fewer fields, or send fewer rows at once.";
const NOT_STORED = "Nothing was stored.";
const STORED =
  "What was changed before is stored: send the same request with the same idempotencyKey and a smaller selection; it answers what came of the change, and changes nothing twice.";
