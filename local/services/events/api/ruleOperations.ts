import * as v from "valibot";
import { isScheduleExpression } from "../../../../aws/scheduleExpression.ts";
import { account } from "../../../arn.ts";
import { AwsError } from "../../../protocol/awsError.ts";
import type { Operations } from "../../../protocol/call.ts";
import { parseInput, requireAllowed } from "../../../protocol/input.ts";
import { pageOf } from "../../../protocol/page.ts";
import { busNamed, defaultBus } from "../busName.ts";
import type { Rule } from "../rule.ts";
import { allowedRule, type EventsServiceOptions, listing } from "./options.ts";

const named = { Name: v.string(), EventBusName: v.optional(v.string()) };

/** A role has its effect on AWS only: local targets let EventBridge in by their own policies. */
const putInput = v.object({
  Name: v.pipe(v.string(), v.regex(/^[.\-_A-Za-z0-9]{1,64}$/)),
  EventBusName: v.optional(v.string()),
  EventPattern: v.optional(v.string()),
  ScheduleExpression: v.optional(v.string(), ""),
  State: v.optional(v.picklist(["ENABLED", "DISABLED"]), "ENABLED"),
  Description: v.optional(v.string()),
  RoleArn: v.optional(v.string()),
  Tags: v.optional(v.unknown()),
});

const listInput = v.object({ ...listing, EventBusName: v.optional(v.string()) });

const byTargetInput = v.object({
  TargetArn: v.string(),
  EventBusName: v.optional(v.string()),
  NextToken: listing.NextToken,
  Limit: listing.Limit,
});

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
export function ruleOperations(options: EventsServiceOptions): Operations {
  const { buses, authorize } = options;
  const setEnabled = (enabled: boolean, action: string): Operations[string] => {
    return (given, call) => {
      const rule = allowedRule(options, call, action, parseInput(v.object(named), given));
      buses.putRule({ ...rule, enabled });
      return {};
    };
  };
  return {
    PutRule: (given, call) => {
      const rule = definitionOf(parseInput(putInput, given));
      const arn = buses.ruleArn(rule.name, rule.bus);
      requireAllowed(authorize, call, "events:PutRule", arn);
      return { RuleArn: buses.putRule(rule).arn };
    },
    DescribeRule: (given, call) => {
      const rule = allowedRule(options, call, "DescribeRule", parseInput(v.object(named), given));
      return { ...described(rule), CreatedBy: account };
    },
    EnableRule: setEnabled(true, "EnableRule"),
    DisableRule: setEnabled(false, "DisableRule"),
    DeleteRule: (given, call) => {
      const { Name, EventBusName } = parseInput(v.object(named), given);
      const bus = busNamed(EventBusName);
      const arn = buses.ruleArn(Name, bus);
      requireAllowed(authorize, call, "events:DeleteRule", arn);
      buses.getBus(bus);
      if (buses.targets(arn).length > 0) {
        throw new AwsError("ValidationException", "Rule can't be deleted since it has targets.");
      }
      buses.removeRule(arn);
      return {};
    },
    ListRules: (given, call) => {
      const { NamePrefix, EventBusName, NextToken: token, Limit } = parseInput(listInput, given);
      const bus = busNamed(EventBusName);
      requireAllowed(authorize, call, "events:ListRules", buses.busArn(bus));
      buses.getBus(bus);
      const rules = byName(buses.rules()).filter(
        (rule) => rule.bus === bus && rule.name.startsWith(NamePrefix),
      );
      const { items, NextToken } = pageOf(rules, token, Limit);
      return { Rules: items.map(described), NextToken };
    },
    ListRuleNamesByTarget: (given, call) => {
      const { TargetArn, EventBusName, NextToken: token, Limit } = parseInput(byTargetInput, given);
      const bus = busNamed(EventBusName);
      requireAllowed(authorize, call, "events:ListRuleNamesByTarget", buses.busArn(bus));
      const rules = byName(buses.rules()).filter(
        (rule) => rule.bus === bus && buses.targets(rule.arn).some(({ arn }) => arn === TargetArn),
      );
      const { items, NextToken } = pageOf(rules, token, Limit);
      return { RuleNames: items.map(({ name }) => name), NextToken };
    },
  };
}

function byName(rules: readonly Rule[]): Rule[] {
  return [...rules].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @throws AwsError ValidationException */
function definitionOf(given: v.InferOutput<typeof putInput>): Omit<Rule, "arn"> {
  const { Name: name, EventPattern: pattern, ScheduleExpression, State, Description } = given;
  const bus = busNamed(given.EventBusName);
  const schedule = ScheduleExpression === "" ? undefined : ScheduleExpression;
  if (pattern === undefined && schedule === undefined) {
    throw invalid("Parameter(s) EventPattern or ScheduleExpression must be specified.");
  }
  if (schedule !== undefined && !isScheduleExpression(schedule)) {
    throw invalid("Parameter ScheduleExpression is not valid.");
  }
  if (schedule !== undefined && bus !== defaultBus) {
    throw invalid("ScheduleExpression is supported only on the default event bus.");
  }
  return { name, bus, pattern, schedule, enabled: State === "ENABLED", description: Description };
}

function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
}

function described({ arn, name, bus, pattern, schedule, enabled, description }: Rule) {
  return {
    Name: name,
    Arn: arn,
    EventBusName: bus,
    EventPattern: pattern,
    ScheduleExpression: schedule,
    State: enabled ? "ENABLED" : "DISABLED",
    Description: description,
  };
}
