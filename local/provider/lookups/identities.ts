import { parseArn } from "../../../aws/arn.ts";
import { userId } from "../../services/iam/interface.ts";
import { map, required, text } from "../declaration/field.ts";
import { missing } from "./found.ts";
import { lookup, madeOf } from "./lookup.ts";

/** Users, and the roles behind sessions. */
export const identityLookups = [
  lookup(
    "aws:iam/getUser:getUser",
    { tags: map(text()), userName: text(required) },
    (context, { userName }) => {
      const user = context.cloud.permissions.roles.findNamed(userName, "user");
      if (user === undefined) throw missing(`user ${userName}`);
      const made = madeOf(context, "aws:iam/user:User").find(({ id }) => id === userName);
      const [, path = "/"] = /:user(\/(?:.*\/)?)[^/]+$/.exec(user.arn) ?? [];
      return {
        ...{ id: userId(userName), userId: userId(userName), userName, arn: user.arn, path },
        permissionsBoundary: user.boundary ?? "",
        tags: made?.outputs.tagsAll ?? {},
      };
    },
  ),

  // AWS's provider answers for callers that are no session with the caller itself.
  lookup(
    "aws:iam/getSessionContext:getSessionContext",
    { arn: text(required) },
    (context, given) => {
      const { arn } = given;
      const resource = parseArn(arn)?.resource ?? "";
      const [, issuerName, sessionName = ""] = /^assumed-role\/([^/]+)\/(.+)$/.exec(resource) ?? [];
      const none = { id: arn, issuerArn: arn, issuerId: "", issuerName: "", sessionName: "" };
      if (issuerName === undefined) return none;
      const role = context.cloud.permissions.roles.findNamed(issuerName);
      if (role === undefined) throw missing(`role ${issuerName}`);
      const { uniqueId = "" } =
        madeOf(context, "aws:iam/role:Role").find(({ id }) => id === issuerName)?.outputs ?? {};
      return { id: arn, issuerArn: role.arn, issuerId: uniqueId, issuerName, sessionName };
    },
  ),
];
