import { MOST_COST } from "../../domain/ground/limits.js";
import { type Budgets } from "./budget.js";

/** What a request costs, in points: itself with its body, reading its document, its operation. */
export interface Price {
  body: number;
  document: number;
  operation: number;
}

/**
 * What one request takes of its caller's budget, in points, as it becomes known. Where the budget does not suffice, the whole
 * seconds are told after which the same request passes, unless its caller has spent on others meanwhile.
 */
export class Bill {
  private price: Price;
  /** What has been taken. */
  private spent = 0;
  /** What of it was taken for the operation; null before it may run. */
  private performed: number | null = null;

  /** `ahead`: what is taken before the body is read, at least as much as the body costs. */
  constructor(
    private readonly budgets: Budgets,
    private readonly caller: string,
    private readonly ahead: number,
  ) {
    this.price = { body: ahead, document: 0, operation: 0 };
  }

  /** What it costs, as far as that is known; a document that the hub knows already is not taken. */
  get parts(): Readonly<Price> {
    return this.price;
  }

  get whole(): number {
    return this.price.body + this.price.document + this.price.operation;
  }

  /** Takes what is taken ahead; null, or the seconds to wait. What the request asks nobody knows yet, so it may be the most. */
  begin(): number | null {
    return this.take(this.ahead, MOST_COST);
  }

  /** The body has been read, and cost so much: the rest is given back. */
  read(body: number): void {
    this.charge(body - this.price.body);
    this.price.body = body;
  }

  /** A document that was not known has been read. */
  parse(document: number): void {
    this.charge(document);
  }

  /** What is asked has become known. */
  ask(document: number, operation: number): void {
    Object.assign(this.price, { document, operation });
  }

  /** Takes what the operation costs; null, or the seconds to wait. The document may be forgotten until then. */
  perform(): number | null {
    const seconds = this.take(this.price.operation, this.whole);
    if (seconds === null) this.performed = this.price.operation;
    return seconds;
  }

  /** The operation has ended and took so much: the rest is given back, what it took beyond is owed. */
  settle(operation: number): void {
    if (this.performed === null) return;
    this.charge(operation - this.performed);
    this.performed = operation;
  }

  /** As every answer tells it: what was asked for, and what was taken in the end. */
  told(): { requested: number; spent: number; remaining: number; capacity: number; refillPerSecond: number } {
    const remaining = Math.floor(this.budgets.remaining(this.caller));
    return { requested: this.whole, spent: this.spent, remaining, ...this.budgets.budget };
  }

  private charge(points: number): void {
    this.budgets.charge(this.caller, points);
    this.spent += points;
  }

  /** `whole`: what the request takes from its beginning to the end of this step. */
  private take(points: number, whole: number): number | null {
    if (this.budgets.take(this.caller, points)) {
      this.spent += points;
      return null;
    }
    return this.budgets.secondsUntil(this.caller, Math.max(this.ahead, whole));
  }
}
