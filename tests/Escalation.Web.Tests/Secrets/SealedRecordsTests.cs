using System.Security.Cryptography;
using Escalation.Web.Secrets;

namespace Escalation.Web.Tests.Secrets;

public sealed class SealedRecordsTests
{
    private static readonly (string Kind, string Id)[] Places =
    [
        .. from kind in (string[])[SealedRecords.Secret, SealedRecords.CookieKey]
        from id in (string[])["links", "intake"]
        select (kind, id),
    ];

    [Fact]
    public async Task A_sealed_record_is_opened_where_it_was_written_and_in_the_place_of_no_other()
    {
        await using var world = new World("2026-12-23T10:00:00Z");
        var records = new SealedRecords(world.Store, new SecretsKeys(SecretsKeys.NewKey()));
        foreach (var (kind, id) in Places)
            Assert.True(await records.WriteAsync(kind, id, $"the {kind} {id}", 0, default));

        foreach (var (kind, id) in Places)
        {
            var body = (await world.Store.ReadAsync(kind, id, default))!.Body;
            Assert.Equal($"the {kind} {id}", (await records.ReadAsync(kind, id, default))!.Body);
            foreach (var other in Places.Where(p => p != (kind, id)))
            {
                var there = (await world.Store.ReadAsync(other.Kind, other.Id, default))!;
                await world.Store.WriteAsync(other.Kind, other.Id, body, there.Version, default);

                await Assert.ThrowsAnyAsync<CryptographicException>(() =>
                    records.ReadAsync(other.Kind, other.Id, default)
                );
                await Assert.ThrowsAnyAsync<CryptographicException>(() => records.ListAsync(other.Kind, default));

                await world.Store.WriteAsync(other.Kind, other.Id, there.Body, there.Version + 1, default);
            }
        }
    }
}
