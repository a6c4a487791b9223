#!/usr/bin/env node
import { Output } from "../output.js";
import { run } from "./program.js";

// Whoever reads the output may stop reading, e.g. `head`: the work goes on, and what it says is dropped. What is long may wait.
const [out, err] = [new Output(process.stdout, Infinity), new Output(process.stderr, Infinity)];
process.exitCode = await run(process.argv.slice(2), {
  out: (text) => out.write(text),
  err: (text) => err.write(text),
  interactive: process.stderr.isTTY === true,
});
