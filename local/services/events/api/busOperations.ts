import * as v from "valibot";
import { AwsError, notSupported } from "../../../protocol/awsError.ts";
import type { Operations } from "../../../protocol/call.ts";
import { parseInput, requireAllowed } from "../../../protocol/input.ts";
import { pageOf } from "../../../protocol/page.ts";
import { busNamed } from "../busName.ts";
import type { EventBus } from "../eventBuses.ts";
import { type EventsServiceOptions, listing } from "./options.ts";

const createInput = v.object({
  Name: v.pipe(v.string(), v.regex(/^[/.\-_A-Za-z0-9]{1,256}$/)),
  Description: v.optional(v.string()),
  EventSourceName: v.optional(v.string()),
  Tags: v.optional(v.unknown()),
});

const namedInput = v.object({ Name: v.optional(v.string()) });

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html */
export function busOperations({ buses, authorize }: EventsServiceOptions): Operations {
  return {
    CreateEventBus: (given, call) => {
      const { Name, Description, EventSourceName } = parseInput(createInput, given);
      requireAllowed(authorize, call, "events:CreateEventBus", buses.busArn(Name));
      if (EventSourceName !== undefined) throw notSupported("event buses of partners");
      if (buses.findBus(Name) !== undefined) {
        throw new AwsError("ResourceAlreadyExistsException", `Event bus ${Name} already exists.`);
      }
      return { EventBusArn: buses.addBus(Name, Description), Description };
    },
    DescribeEventBus: (given, call) => {
      const name = busNamed(parseInput(namedInput, given).Name);
      requireAllowed(authorize, call, "events:DescribeEventBus", buses.busArn(name));
      return described(buses.getBus(name));
    },
    ListEventBuses: (given, call) => {
      const { NamePrefix, NextToken: token, Limit } = parseInput(v.object(listing), given);
      requireAllowed(authorize, call, "events:ListEventBuses", "*");
      const named = buses.buses().filter(({ name }) => name.startsWith(NamePrefix));
      const { items, NextToken } = pageOf(named, token, Limit);
      return { EventBuses: items.map(described), NextToken };
    },
    DeleteEventBus: (given, call) => {
      const name = busNamed(parseInput(namedInput, given).Name);
      requireAllowed(authorize, call, "events:DeleteEventBus", buses.busArn(name));
      if (name === "default") {
        throw new AwsError("ValidationException", "Cannot delete event bus default.");
      }
      if (buses.rules().some((rule) => rule.bus === name)) {
        throw new AwsError("ValidationException", "Cannot delete event bus since it has rules.");
      }
      buses.removeBus(name);
      return {};
    },
  };
}

function described({ name, arn, description, created }: EventBus) {
  return {
    Name: name,
    Arn: arn,
    Description: description,
    CreationTime: created / 1000,
    LastModifiedTime: created / 1000,
  };
}
