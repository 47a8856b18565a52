using System.Security.Cryptography;
using System.Text;

namespace Escalation.Functions.Mail;

/// <summary>
/// The mail operation of a notice: a name-based GUID of its key, so that every attempt at a notice is the same
/// operation and is carried out once. What is sent anew after a reported final failure is another notice, with a key of
/// its own, and so another operation.
/// </summary>
public static class OperationIds
{
    public static Guid Of(string noticeKey)
    {
        Span<byte> id = SHA256.HashData(Encoding.UTF8.GetBytes("escalation/notice/" + noticeKey)).AsSpan(0, 16);
        // RFC 9562: version 8 (made by the application's own rule), variant 1.
        id[6] = (byte)((id[6] & 0x0f) | 0x80);
        id[8] = (byte)((id[8] & 0x3f) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
