#!/usr/bin/env node
import { lackOfOpenFiles } from "../fault.js";
import { Output } from "../output.js";

// Whoever reads the output may stop reading, e.g. `head`: the work goes on, and what it says is dropped. What is long may wait.
const [out, err] = [new Output(process.stdout, Infinity), new Output(process.stderr, Infinity)];
const lack = lackOfOpenFiles();
if (lack === null) {
  const { run } = await import("./program.js");
  process.exitCode = await run(process.argv.slice(2), {
    out: (text) => out.write(text),
    err: (text) => err.write(text),
    interactive: process.stderr.isTTY === true,
  });
} else {
  err.write(`${lack}\n`);
  process.exitCode = 1;
}
