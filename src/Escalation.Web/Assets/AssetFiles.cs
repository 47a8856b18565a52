using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escalation.Web.Assets;

/// <summary>
/// The files that pages need, embedded at build and served under <c>/assets</c>. An address holds a hash of the
/// content, so that browsers may keep it for good; an older address answers the present file, which browsers then do
/// not keep.
/// </summary>
public static class AssetFiles
{
    private static readonly FrozenDictionary<string, AssetFile> Files = new[]
    {
        Load("app.css", "text/css; charset=utf-8"),
        Load("icon.svg", "image/svg+xml"),
    }.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);

    public static string Styles { get; } = Files["app.css"].Address;
    public static string Icon { get; } = Files["icon.svg"].Address;

    internal static void MapAssets(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/assets/{hash}/{name}", Serve).ExcludeFromDescription();

    private static IResult Serve(string hash, string name, HttpContext context)
    {
        if (!Files.TryGetValue(name, out var file))
            return Results.NotFound();
        context.Response.Headers.CacheControl = hash == file.Hash ? "public, max-age=31536000, immutable" : "no-store";
        return Results.Bytes(file.Content, file.Type);
    }

    private static AssetFile Load(string name, string type)
    {
        using var stream = typeof(AssetFiles).Assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new AssetFile(name, type, content, Convert.ToHexStringLower(SHA256.HashData(content))[..16]);
    }

    private sealed record AssetFile(string Name, string Type, byte[] Content, string Hash)
    {
        public string Address => $"/assets/{Hash}/{Name}";
    }
}
