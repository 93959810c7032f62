/** Who may take on a role: the service, and nobody else. */
export function trustPolicy(service: "lambda" | "sns") {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: service === "sns" ? "SnsAssumes" : "LambdaAssumes",
        Effect: "Allow",
        Principal: { Service: `${service}.amazonaws.com` },
        Action: "sts:AssumeRole",
      },
    ],
  } as const;
}
