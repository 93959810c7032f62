/** What a process of the client does. */
export type Job = { readonly url: string } & (
  | {
      /** Publishes as fast as the server answers. The requests are made and signed before. */
      readonly kind: "publish";
      readonly topicArn: string;
      readonly messages: number;
    }
  | {
      /** Receives batches of ten and deletes them until the queues are empty. */
      readonly kind: "drain";
      readonly queueUrls: readonly string[];
    }
  | {
      /** Publishes evenly over time. */
      readonly kind: "publishSteadily";
      readonly topicArn: string;
      readonly messages: number;
      readonly perSecond: number;
    }
  | {
      /** Uploads objects evenly over time. */
      readonly kind: "uploadSteadily";
      readonly bucket: string;
      readonly objects: number;
      readonly perSecond: number;
    }
);

/** What a process of the client sends: that it is ready to begin, then the result. */
export type Report =
  | { readonly kind: "ready" }
  | {
      readonly kind: "done";
      /** Messages or objects. */
      readonly count: number;
      readonly requests: number;
    };
