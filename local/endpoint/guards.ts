import type { Cloud } from "../cloud.ts";
import { addsData } from "../protocol/addsData.ts";
import { AwsError } from "../protocol/awsError.ts";
import type { Call } from "../protocol/call.ts";
import type { Service, Services } from "../protocol/server.ts";
import type { DiskSpace } from "../storage/diskSpace.ts";

/**
 * A message that arrived in between would not reach consumers that do not exist yet. SDKs retry
 * after this error. Handlers are served: what they need exists when they start. So is the program itself, which would
 * wait for its own end.
 */
export function whenReady(ready: () => boolean, services: Services): Services {
  return around(services, async (service, call) => {
    if (ready() || isOfTheRun(call)) return service(call);
    const message = "The program is still being started; try again in a moment.";
    throw new AwsError("ServiceUnavailable", message, { status: 503 });
  });
}

function isOfTheRun(call: Call): boolean {
  const { principal } = call;
  return (
    principal.kind === "role" ||
    (principal.kind === "account" && principal.isProgram === true) ||
    isAnswerToSns(call)
  );
}

/** An endpoint that the program subscribes confirms at once, by the link in the message from SNS. */
function isAnswerToSns({ method, query, service }: Call): boolean {
  return method === "GET" && service === undefined && query.get("Action") === "ConfirmSubscription";
}

/** Where nothing more can be stored, what would add to the data is refused, and the rest goes on. */
export function whenStorable(disk: DiskSpace | undefined, services: Services): Services {
  if (disk === undefined) return services;
  return around(services, async (service, call) => {
    if (addsData(call) && disk.refuses()) throw disk.refusal();
    return service(call);
  });
}

/**
 * A call counts as work, during which the clock does not accelerate, unless it waits for the clock; neither does
 * the handler that has made it meanwhile.
 */
export function countedAsWork({ activity, functions }: Cloud, services: Services): Services {
  return around(services, async (service, call) => {
    const { principal } = call;
    const end = activity.begin();
    const waitForClock = () => {
      const resumeCall = activity.suspend();
      const resumeHandler =
        principal.kind === "role" ? functions.waitForClock(principal.arn) : () => {};
      return () => {
        resumeCall();
        resumeHandler();
      };
    };
    try {
      return await service({ ...call, waitForClock });
    } finally {
      end();
    }
  });
}

/** The services with something done around each call. */
function around(
  services: Services,
  serve: (service: Service, call: Call) => ReturnType<Service>,
): Services {
  return Object.fromEntries(
    Object.entries(services).map(([name, service]) => [name, (call: Call) => serve(service, call)]),
  );
}
