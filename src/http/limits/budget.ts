import { type Budget } from "../../domain/ground/limits.js";

/** Callers whose buckets are kept at the most. */
const MOST_BUCKETS = 10_000;

interface Bucket {
  level: number;
  /** When it had this level. */
  at: number;
}

/** A token bucket for each caller, in this process. */
export class Budgets {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    readonly budget: Budget,
    private readonly clock: () => number = () => performance.now(),
  ) {}

  remaining(caller: string): number {
    const bucket = this.buckets.get(caller);
    if (!bucket) return this.budget.capacity;
    return Math.min(this.budget.capacity, bucket.level + ((this.clock() - bucket.at) / 1000) * this.budget.refillPerSecond);
  }

  /** Takes it where there is as much, else nothing. */
  take(caller: string, cost: number): boolean {
    if (this.remaining(caller) < cost) return false;
    this.charge(caller, cost);
    return true;
  }

  /** Takes it whether or not there is as much; a bucket may owe. */
  charge(caller: string, cost: number): void {
    const level = this.remaining(caller) - cost;
    this.buckets.delete(caller);
    // The one that was not used for longest stands first, and is the fullest.
    const [oldest] = this.buckets.size >= MOST_BUCKETS ? this.buckets.keys() : [];
    if (oldest !== undefined) this.buckets.delete(oldest);
    this.buckets.set(caller, { level, at: this.clock() });
  }

  /** Whole seconds until a caller has as much again, at least one; what no bucket holds is waited for until it is full. */
  secondsUntil(caller: string, cost: number): number {
    const missing = Math.min(cost, this.budget.capacity) - this.remaining(caller);
    return Math.max(0, Math.floor(missing / this.budget.refillPerSecond)) + 1;
  }
}
