import type { Input } from "@pulumi/pulumi";
import { show } from "./problem.ts";
import { isDeferred } from "./schema.ts";

/** One rule of AWS's or of ours, and how it is checked. docs/rules.md is made from these. */
export type Rule<Subject> = {
  /** The field or fields that it is about, for example `batchSize`. */
  readonly about: string;
  /** The rule in words, with its limits. */
  readonly rule: string;
  readonly severity: "error" | "warning";
  /** The page that it comes from. */
  readonly source: string;
  /** What is wrong with the subject: nothing when all is well, or when a value is not known yet. */
  readonly check: (subject: Subject) => string | readonly string[] | undefined;
};

/** What a value is when it is known already, else undefined. */
export function known<T>(value: Input<T> | undefined): T | undefined {
  return value === undefined || isDeferred(value) ? undefined : value;
}

/** The rule that a whole number lies between two limits, both allowed. */
export function range<Subject>(definition: {
  about: string;
  min: number;
  max: number;
  unit?: string;
  source: string;
  value: (subject: Subject) => Input<number> | undefined;
}): Rule<Subject> {
  const { about, min, max, unit, source, value } = definition;
  const limits = `${grouped(min)} to ${grouped(max)}${unit ? ` ${unit}` : ""}`;
  return {
    about,
    rule: limits,
    severity: "error",
    source,
    check: (subject) => {
      const given = known(value(subject));
      if (given === undefined || (given >= min && given <= max)) return undefined;
      return `${about} must be ${limits} (given ${show(given)})`;
    },
  };
}

/** 1209600 as `1,209,600`. */
export function grouped(number: number): string {
  return number.toLocaleString("en-US");
}
