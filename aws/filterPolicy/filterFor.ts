import type { AnythingBut, NumericRange } from "./filterPolicy.ts";

/** A type of messages, as `messageType` describes it. */
type TypedMessages = {
  readonly types?: { readonly message: unknown; readonly attribute: string } | undefined;
};

type MessageOf<Type extends TypedMessages> = NonNullable<Type["types"]>["message"];
type AttributeOf<Type extends TypedMessages> = NonNullable<Type["types"]>["attribute"];

/**
 * A filter policy for the attributes of a type of messages: only fields that are published as attributes, each
 * with values that the field can have.
 *
 * @example
 * const paid = { status: ["paid"], total: [{ numeric: [">=", 100] }] } satisfies FilterFor<typeof orderPlaced>;
 */
export type FilterFor<Type extends TypedMessages> = {
  readonly [Field in AttributeOf<Type>]?: readonly AttributeMatch<
    FieldOf<MessageOf<Type>, Field>
  >[];
} & { readonly $or?: readonly FilterFor<Type>[] };

/** A filter policy for the bodies of a type of messages, which may reach into objects and lists. */
export type BodyFilterFor<Type extends TypedMessages> = BodyPolicy<MessageOf<Type>>;

/** Of a union, the field of each member that has it. */
type FieldOf<Message, Field extends string> = Message extends unknown
  ? Field extends keyof Message
    ? NonNullable<Message[Field]>
    : never
  : never;

type KeyOf<Message> = Message extends unknown ? keyof Message & string : never;

type Exists = { readonly exists: boolean };

/** Booleans are published as texts. A list matches if one of its elements does. */
type AttributeMatch<Value> = Value extends readonly (infer Element)[]
  ? BodyMatch<Element>
  : Value extends boolean
    ? "true" | "false" | Exists
    : BodyMatch<Value>;

type BodyMatch<Value> =
  | Exists
  | (Value extends string
      ? Value | TextOperator
      : Value extends number
        ? Value | NumberOperator
        : Value extends boolean | null
          ? Value
          : never);

type TextOperator =
  | { readonly prefix: string }
  | { readonly suffix: string }
  | { readonly "equals-ignore-case": string }
  | { readonly wildcard: string }
  | { readonly cidr: string }
  | { readonly "anything-but": Exclude<AnythingBut, number | readonly number[]> };

type NumberOperator =
  | { readonly numeric: NumericRange }
  | { readonly "anything-but": number | readonly number[] };

type BodyPolicy<Message> = {
  readonly [Field in KeyOf<Message>]?: BodyCondition<FieldOf<Message, Field>>;
} & { readonly $or?: readonly BodyPolicy<Message>[] };

type BodyCondition<Value> = Value extends readonly (infer Element)[]
  ? Element extends object
    ? BodyPolicy<Element>
    : readonly BodyMatch<Element>[]
  : Value extends object
    ? BodyPolicy<Value>
    : readonly BodyMatch<Value>[];
