import { mappingLimits } from "../../../../aws/limits.ts";
import { AwsError } from "../../../protocol/awsError.ts";
import { checkRange } from "../../../protocol/constraint.ts";
import type { Queue } from "../../sqs/interface.ts";
import type { EventSourceMapping } from "./eventSourceMapping.ts";
import { compileFilters } from "./filter.ts";

/**
 * Refuses what CreateEventSourceMapping would refuse, in its words where they are known.
 *
 * https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
 *
 * @param timeoutSeconds the function's timeout
 * @throws AwsError `InvalidParameterValueException`, `ValidationException`
 */
export function validateMapping(
  mapping: EventSourceMapping,
  queue: Pick<Queue, "fifo" | "attributes">,
  timeoutSeconds: number,
): void {
  validateRanges(mapping);
  validateBatch(mapping, queue.fifo);
  if (mapping.maximumConcurrency !== undefined && mapping.provisionedPollers !== undefined) {
    throw invalid("MaximumConcurrency and ProvisionedPollerConfig cannot be used together.");
  }
  const visibility = Number(queue.attributes.VisibilityTimeout);
  if (visibility < timeoutSeconds) {
    throw invalid(
      `Queue visibility timeout: ${visibility} seconds is less than Function timeout: ${timeoutSeconds} seconds`,
    );
  }
  // Throws when a pattern is wrong.
  compileFilters(mapping.filters);
}

function validateRanges(mapping: EventSourceMapping): void {
  const { provisionedPollers: pollers } = mapping;
  const { batchSize, windowSeconds, concurrency, minimumPollers, maximumPollers } = mappingLimits;
  checkRange("batchSize", mapping.batchSize, batchSize);
  checkRange("maximumBatchingWindowInSeconds", mapping.windowSeconds, windowSeconds);
  checkRange("scalingConfig.maximumConcurrency", mapping.maximumConcurrency, concurrency);
  checkRange("provisionedPollerConfig.minimumPollers", pollers?.minimum, minimumPollers);
  checkRange("provisionedPollerConfig.maximumPollers", pollers?.maximum, maximumPollers);
  if ((pollers?.minimum ?? minimumPollers.min) > (pollers?.maximum ?? maximumPollers.max)) {
    throw invalid(
      `MinimumPollers must not be above MaximumPollers, given ${pollers?.minimum} and ${pollers?.maximum}.`,
    );
  }
}

function validateBatch({ batchSize, windowSeconds }: EventSourceMapping, fifo: boolean): void {
  if (fifo && windowSeconds > 0) {
    throw invalid("Batching window is not supported for FIFO queues");
  }
  if (fifo && batchSize > mappingLimits.batchSizeWithoutWindow) {
    throw invalid(`Batch size must be 1 to 10 for a FIFO queue, given ${batchSize}.`);
  }
  if (batchSize > mappingLimits.batchSizeWithoutWindow && windowSeconds === 0) {
    throw invalid(
      "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10",
    );
  }
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message);
}
