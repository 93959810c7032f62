import { expect } from "chai";
import { withClientEnvironment } from "../../../local/endpoint/clientEnvironment.ts";

describe("the environment of a program that calls AWS itself", () => {
  const settings = { endpoint: "http://127.0.0.1:4566", region: "eu-west-1" };
  const local = {
    AWS_ENDPOINT_URL: "http://127.0.0.1:4566",
    AWS_REGION: "eu-west-1",
    AWS_DEFAULT_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_SESSION_TOKEN: "",
  };

  it("has the local cloud in place of an account, a profile and other endpoints", () => {
    const given = {
      HOME: "/home",
      AWS_PROFILE: "production",
      AWS_DEFAULT_PROFILE: "production",
      AWS_ENDPOINT_URL_S3: "https://s3.example.com",
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true",
      AWS_REGION: "us-west-2",
      AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_SESSION_TOKEN: "token",
      AWS_CONFIG_FILE: "/home/config",
    };
    expect(withClientEnvironment(given, settings)).to.deep.equal({
      HOME: "/home",
      AWS_CONFIG_FILE: "/home/config",
      ...local,
    });
  });
});
