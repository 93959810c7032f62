/** In a process of its own: builds the graph of a topic with so many consumers under mocks. */
import { program } from "./program.ts";
import { report, underMocks } from "./underMocks.ts";

await underMocks(() => program(Number(process.argv[2])));
report();
