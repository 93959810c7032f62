import { fitText } from "../terminal/fitText.ts";

/** Prints help, broken anew for a narrow terminal. */
export function printHelp(text: string): void {
  console.log(fitText(text, process.stdout.isTTY ? process.stdout.columns : undefined));
}
