import batchGetItem from "dynalite/actions/batchGetItem.js";
import batchWriteItem from "dynalite/actions/batchWriteItem.js";
import createTable from "dynalite/actions/createTable.js";
import deleteItem from "dynalite/actions/deleteItem.js";
import describeTable from "dynalite/actions/describeTable.js";
import getItem from "dynalite/actions/getItem.js";
import listTagsOfResource from "dynalite/actions/listTagsOfResource.js";
import putItem from "dynalite/actions/putItem.js";
import query from "dynalite/actions/query.js";
import scan from "dynalite/actions/scan.js";
import tagResource from "dynalite/actions/tagResource.js";
import untagResource from "dynalite/actions/untagResource.js";
import updateItem from "dynalite/actions/updateItem.js";
import batchGetItemInput from "dynalite/validations/batchGetItem.js";
import batchWriteItemInput from "dynalite/validations/batchWriteItem.js";
import createTableInput from "dynalite/validations/createTable.js";
import deleteItemInput from "dynalite/validations/deleteItem.js";
import describeTableInput from "dynalite/validations/describeTable.js";
import getItemInput from "dynalite/validations/getItem.js";
import listTagsOfResourceInput from "dynalite/validations/listTagsOfResource.js";
import putItemInput from "dynalite/validations/putItem.js";
import queryInput from "dynalite/validations/query.js";
import scanInput from "dynalite/validations/scan.js";
import tagResourceInput from "dynalite/validations/tagResource.js";
import untagResourceInput from "dynalite/validations/untagResource.js";
import updateItemInput from "dynalite/validations/updateItem.js";

/** The operations that dynalite has and the local cloud uses, each with the check of its input. */
export const operations = {
  BatchGetItem: { run: batchGetItem, input: batchGetItemInput },
  BatchWriteItem: { run: batchWriteItem, input: batchWriteItemInput },
  CreateTable: { run: createTable, input: createTableInput },
  DeleteItem: { run: deleteItem, input: deleteItemInput },
  DescribeTable: { run: describeTable, input: describeTableInput },
  GetItem: { run: getItem, input: getItemInput },
  ListTagsOfResource: { run: listTagsOfResource, input: listTagsOfResourceInput },
  PutItem: { run: putItem, input: putItemInput },
  Query: { run: query, input: queryInput },
  Scan: { run: scan, input: scanInput },
  TagResource: { run: tagResource, input: tagResourceInput },
  UntagResource: { run: untagResource, input: untagResourceInput },
  UpdateItem: { run: updateItem, input: updateItemInput },
};

export type OperationName = keyof typeof operations;
