/**
 * S3's events of EventBridge, with the values of AWS's examples.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
export const s3BusEvent = {
  created: (object: { readonly key?: string } = {}) =>
    busEvent("Object Created", {
      object: {
        key: "example-key",
        size: 5,
        etag: "b1946ac92492d2347c6235b4d2611184",
        "version-id": "IYV3p45BT0ac8hjHg1houSdS1a.Mro8e",
        sequencer: "617f08299329d189",
        ...object,
      },
      "request-id": "N4N7GDK58NMKJ12R",
      requester: "123456789012",
      "source-ip-address": "1.2.3.4",
      reason: "PutObject",
    }),
  deleted: () =>
    busEvent("Object Deleted", {
      object: {
        key: "example-key",
        etag: "d41d8cd98f00b204e9800998ecf8427e",
        "version-id": "1QW9g1Z99LUNbvaaYVpW9xDlOLU.qxgF",
        sequencer: "617f0837b476e463",
      },
      "request-id": "0BH729840619AG5K",
      requester: "123456789012",
      "source-ip-address": "1.2.3.4",
      reason: "DeleteObject",
      "deletion-type": "Delete Marker Created",
    }),
  expired: () =>
    busEvent("Object Deleted", {
      object: {
        key: "example-key",
        etag: "d41d8cd98f00b204e9800998ecf8427e",
        "version-id": "mtB0cV.jejK63XkRNceanNMC.qXPWLeK",
        sequencer: "617b398000000000",
      },
      "request-id": "20EB74C14654DC47",
      requester: "s3.amazonaws.com",
      reason: "Lifecycle Expiration",
      "deletion-type": "Delete Marker Created",
    }),
  restored: () =>
    busEvent("Object Restore Completed", {
      object: {
        key: "example-key",
        etag: "b1946ac92492d2347c6235b4d2611184",
        "version-id": "IYV3p45BT0ac8hjHg1houSdS1a.Mro8e",
      },
      "request-id": "189F19CB7FB1B6A4",
      requester: "s3.amazonaws.com",
    }),
} as const;

function busEvent(detailType: string, detail: object): string {
  return JSON.stringify({
    version: "0",
    id: "17793124-05d4-b198-2fde-7ededc63b103",
    "detail-type": detailType,
    source: "aws.s3",
    account: "111122223333",
    time: "2021-11-12T00:00:00Z",
    region: "ca-central-1",
    resources: ["arn:aws:s3:::amzn-s3-demo-bucket1"],
    detail: {
      version: "0",
      "event-version": "1.1",
      bucket: { name: "amzn-s3-demo-bucket1" },
      ...detail,
    },
  });
}
