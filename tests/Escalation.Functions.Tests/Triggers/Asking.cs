using System.Text.Json;
using System.Text.Json.Nodes;
using Escalation.Testing.Cases;

namespace Escalation.Functions.Tests.Triggers;

/// <summary>What callers of the triggers send and get.</summary>
internal static class Asking
{
    public static string Principal(params string[] roles) => PrincipalOf("aad", roles);

    /// <param name="provider">Who signed the person in; <c>aad</c>: Entra ID.</param>
    public static string PrincipalOf(string? provider, params string[] roles) =>
        Encoded(
            new
            {
                auth_typ = provider,
                name_typ = "name",
                role_typ = "roles",
                claims = roles
                    .Select(r => new { typ = "roles", val = r })
                    .Append(
                        new { typ = "http://schemas.microsoft.com/identity/claims/objectidentifier", val = "5f0c3a52" }
                    )
                    .Append(new { typ = "name", val = "Sam Staff" }),
            }
        );

    public static JsonObject Opening() =>
        new()
        {
            ["policy"] = "sandwell",
            ["person"] = new JsonObject { ["kind"] = "child", ["name"] = "Robin Example" },
            ["raisedBy"] = new JsonObject { ["agency"] = Sample.Raising, ["name"] = "Rae Raiser" },
            ["receivedBy"] = new JsonObject { ["agency"] = Sample.Receiving, ["name"] = "Cam Receiver" },
            ["details"] = "Some details",
        };

    private static string Encoded<T>(T principal) =>
        Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(principal));

    public static async Task<JsonNode> JsonOf(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
}
