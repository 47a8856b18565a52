using System.Xml.Linq;
using Escalation.Core.Storage;
using Escalation.Web.Secrets;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Escalation.Web.Site.SignIn;

/// <summary>The keys that protect sign-in cookies: they last as long as the store, sealed.</summary>
internal sealed class StoredKeyRing(SealedRecords records) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [
            .. Wait(() => records.ListAsync(SealedRecords.CookieKey, CancellationToken.None))
                .Select(record => XElement.Parse(record.Body)),
        ];

    public void StoreElement(XElement element, string friendlyName)
    {
        var body = element.ToString(SaveOptions.DisableFormatting);
        Wait(() => records.WriteAsync(SealedRecords.CookieKey, friendlyName, body, 0, CancellationToken.None));
    }

    /// <summary>Forgets the keys and ends every session: everybody signs in anew, under a new key. To be done while no host runs.</summary>
    public static async Task RenewAsync(IRecords records, CancellationToken cancel)
    {
        foreach (var record in await records.ListAsync(SealedRecords.CookieKey, "", cancel))
            await records.WriteAsync(SealedRecords.CookieKey, record.Id, null, record.Version, cancel);
        await Sessions.EndAllAsync(records, cancel);
    }

    /// <summary>The framework asks at start and once a day, and knows no other way than to wait.</summary>
    private static T Wait<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();
}
