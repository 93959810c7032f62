import { ProviderError } from "../../pulumi/provider.ts";
import type { PropertyMap } from "../../pulumi/values/propertyValue.ts";
import { map, region, required, text } from "../declaration/field.ts";
import type { MadeResource } from "../madeResources.ts";
import { missing } from "./found.ts";
import { lookup, madeOf } from "./lookup.ts";

const httpApi = "aws:apigatewayv2/api:Api";
const tags = map(text());

/** APIs of API Gateway that programs have made. */
export const apiLookups = [
  lookup(
    "aws:apigatewayv2/getApi:getApi",
    { apiId: text(required), region, tags },
    (context, { apiId }) => {
      const api = madeOf(context, httpApi).find(({ id }) => id === apiId);
      if (api === undefined) throw missing(`API ${apiId}`);
      const { corsConfiguration, ...outputs } = described(api);
      return {
        ...{ description: "", version: "", ipAddressType: "ipv4", ...outputs, apiId },
        corsConfigurations: corsConfiguration === undefined ? [] : [corsConfiguration],
      };
    },
  ),

  lookup(
    "aws:apigatewayv2/getApis:getApis",
    { name: text(), protocolType: text(), region, tags },
    (context, { name, protocolType, tags: wanted = {} }) => {
      const apis = madeOf(context, httpApi)
        .filter(({ outputs }) => name === undefined || outputs.name === name)
        .filter(
          ({ outputs }) => protocolType === undefined || outputs.protocolType === protocolType,
        )
        .filter(({ outputs }) => hasTags(outputs, wanted));
      const { region: own } = context.cloud;
      return { id: own, ids: apis.map(({ id }) => id), region: own };
    },
  ),

  lookup(
    "aws:apigateway/getRestApi:getRestApi",
    { name: text(required), region, tags },
    (context, { name }) => {
      const [api, ...others] = madeOf(context, "aws:apigateway/restApi:RestApi").filter(
        ({ outputs }) => outputs.name === name,
      );
      if (api === undefined) throw missing(`REST API with the name ${name}`);
      if (others.length > 0) {
        throw new ProviderError(
          `${others.length + 1} REST APIs have the name "${name}": a lookup needs a name that one has`,
        );
      }
      const { endpointConfiguration, ...outputs } = described(api);
      return {
        ...{ apiKeySource: "HEADER", binaryMediaTypes: [], description: "", policy: "" },
        ...{ minimumCompressionSize: "", ...outputs },
        endpointConfigurations: endpointConfiguration === undefined ? [] : [endpointConfiguration],
      };
    },
  ),
];

function described({ id, outputs: { tagsAll = {}, ...outputs } }: MadeResource): PropertyMap {
  return { ...outputs, tags: tagsAll, id };
}

function hasTags({ tagsAll }: PropertyMap, wanted: Readonly<Record<string, string>>): boolean {
  const own = new Map(Object.entries(tagsAll ?? {}));
  return Object.entries(wanted).every(([key, value]) => own.get(key) === value);
}
