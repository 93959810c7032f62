import type { ExampleMessage } from "../../local/systems/examples.ts";

function interaction(id: string, userId: string): ExampleMessage["message"] {
  return { interactionId: id, postId: "post-1", userId };
}

export const messages: readonly ExampleMessage[] = [
  { title: "Ada likes a post", attributes: { type: "like" }, message: interaction("i-1", "u-1") },
  { title: "Ada likes it again", attributes: { type: "like" }, message: interaction("i-2", "u-1") },
  { title: "Grace shares it", attributes: { type: "share" }, message: interaction("i-3", "u-2") },
  {
    title: "Grace comments on it",
    attributes: { type: "comment" },
    message: interaction("i-4", "u-2"),
  },
  {
    title: "Something that no consumer asks for",
    attributes: { type: "report" },
    message: interaction("i-5", "u-3"),
  },
];
