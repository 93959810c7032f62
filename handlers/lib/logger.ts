import { Logger } from "@aws-lambda-powertools/logger";

/**
 * Structured logs: one JSON object a line. The level is set by `POWERTOOLS_LOG_LEVEL` or by Lambda's
 * own log level; the service is the function's name unless `POWERTOOLS_SERVICE_NAME` says otherwise.
 */
export const logger = new Logger({
  serviceName: process.env.POWERTOOLS_SERVICE_NAME ?? process.env.AWS_LAMBDA_FUNCTION_NAME,
});
