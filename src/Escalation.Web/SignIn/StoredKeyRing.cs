using System.Xml.Linq;
using Escalation.Core.Cases;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Escalation.Web.SignIn;

/// <summary>The keys that protect sign-in cookies, in records of kind <c>cookieKey</c>: they last as long as the store and are in its backup.</summary>
internal sealed class StoredKeyRing(ICaseStore store) : IXmlRepository
{
    private const string Kind = "cookieKey";

    // The framework asks for these at start and once a day, and knows no other way than to wait.
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. Task.Run(() => store.ListRecordsAsync(Kind, "", CancellationToken.None)).GetAwaiter().GetResult().Select(r => XElement.Parse(r.Body))];

    public void StoreElement(XElement element, string friendlyName) =>
        _ = Task.Run(() => store.WriteRecordAsync(Kind, friendlyName, element.ToString(SaveOptions.DisableFormatting), 0, CancellationToken.None)).GetAwaiter().GetResult();
}
