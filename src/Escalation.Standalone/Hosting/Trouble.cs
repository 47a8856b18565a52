namespace Escalation.Standalone.Hosting;

/// <summary>Problem details of the host's own endpoints.</summary>
internal static class Trouble
{
    public static IResult Invalid(string detail) => Problem(StatusCodes.Status400BadRequest, "invalid", "The request is not valid.", detail);

    public static IResult NotAllowed(string detail) => Problem(StatusCodes.Status422UnprocessableEntity, "notAllowed", "This is not allowed.", detail);

    public static IResult NotFound() => Problem(StatusCodes.Status404NotFound, "notFound", "There is nothing here.", null);

    private static IResult Problem(int status, string code, string title, string? detail) =>
        Results.Problem(detail, statusCode: status, title: title, type: $"urn:escalation:problem:{code}", extensions: new Dictionary<string, object?> { ["code"] = code });
}
