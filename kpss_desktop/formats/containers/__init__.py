"""What documents lie in: compound files of OLE, and packages in ZIPs."""
