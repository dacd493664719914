using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Text;

/// <summary>Verifies a webhook by Standard Webhooks, with nothing but .NET (6 or newer).</summary>
public static class Verify
{
    private const long ToleranceSeconds = 300;

    /// <summary>Header names in lower case, the body as it arrived. Throws when the request is not to be trusted.</summary>
    public static void Webhook(string secret, IReadOnlyDictionary<string, string> headers, byte[] body)
    {
        string id = headers["webhook-id"];
        string timestamp = headers["webhook-timestamp"];
        if (!long.TryParse(timestamp, out long seconds)
            || Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - seconds) > ToleranceSeconds)
        {
            throw new CryptographicException("webhook-timestamp is not of now");
        }
        byte[] head = Encoding.UTF8.GetBytes($"{id}.{timestamp}.");
        byte[] signed = new byte[head.Length + body.Length];
        head.CopyTo(signed, 0);
        body.CopyTo(signed, head.Length);
        byte[] expected;
        using (var hmac = new HMACSHA256(Convert.FromBase64String(secret.Substring("whsec_".Length))))
        {
            expected = Encoding.ASCII.GetBytes("v1," + Convert.ToBase64String(hmac.ComputeHash(signed)));
        }
        foreach (string signature in headers["webhook-signature"].Split(' '))
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(signature), expected))
            {
                return;
            }
        }
        throw new CryptographicException("no signature is of this secret over these bytes");
    }

    // dotnet run -- SECRET ID TIMESTAMP SIGNATURE < body
    public static int Main(string[] arguments)
    {
        var headers = new Dictionary<string, string>
        {
            ["webhook-id"] = arguments[1],
            ["webhook-timestamp"] = arguments[2],
            ["webhook-signature"] = arguments[3],
        };
        var body = new MemoryStream();
        Console.OpenStandardInput().CopyTo(body);
        try
        {
            Webhook(arguments[0], headers, body.ToArray());
            Console.WriteLine("verified");
            return 0;
        }
        catch (CryptographicException e)
        {
            Console.WriteLine("refused: " + e.Message);
            return 1;
        }
    }
}
