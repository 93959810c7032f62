import { Logger } from "@aws-lambda-powertools/logger";

/**
 * Structured logs, one JSON object a line. `POWERTOOLS_LOG_LEVEL` or Lambda's log level sets the level.
 * The service is the function's name unless `POWERTOOLS_SERVICE_NAME` is set.
 */
export const logger = new Logger({
  serviceName: process.env.POWERTOOLS_SERVICE_NAME ?? process.env.AWS_LAMBDA_FUNCTION_NAME,
});
